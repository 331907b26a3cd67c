import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { canonicalJson, sha256 } from '../core/digest';
import { byCodeUnit } from '../core/order';
import type { ArtifactFolders } from './folders';

/** Version of `digests.json`. */
export const digestsVersion = 'diptych/digests/1';

/** What a synthesis was made from and what it made, as SHA-256 digests. */
export interface Digests {
  readonly version: typeof digestsVersion;
  /** Keyed by what went in: `description` is the description as data, whatever its comments, order or language. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Keyed by path below the folder that holds all three. */
  readonly artifacts: Readonly<Record<string, string>>;
}

/** The digests of a synthesis's inputs. */
export function inputDigests(description: unknown): Digests['inputs'] {
  return { description: sha256(canonicalJson(description)) };
}

/** What an earlier synthesis left in an assembly; assets are named by their content and their names say nothing of their stack. */
const ofAssembly = /^(?:asset\..*|.*\.(?:template|assets|metadata)\.json|manifest\.json|tree\.json|validation-report\.json)$/;

/** Takes back what says that artifacts are whole, before anything else is touched; Terraform's own files stay. */
export function beginSynthesis({ cloud, terraform, diptych }: ArtifactFolders): void {
  abandonSynthesis({ cloud, terraform, diptych });
  for (const name of entries(cloud).filter((entry) => ofAssembly.test(entry))) rmSync(join(cloud, name), { recursive: true, force: true });
  mkdirSync(join(terraform, 'stacks'), { recursive: true });
  mkdirSync(diptych, { recursive: true });
}

/** Takes back the marks of a synthesis that failed or was never begun, and what a person reads or applies without asking for them. */
export function abandonSynthesis(folders: Omit<ArtifactFolders, 'parent'>): void {
  const read = ['plan.json', 'plan.md', 'manifests'].map((name) => join(folders.diptych, name));
  for (const path of [...marks(folders), ...read]) rmSync(path, { recursive: true, force: true });
}

/** Writes the digests of everything: the last act of a synthesis. */
export function endSynthesis(folders: ArtifactFolders, inputs: Digests['inputs']): void {
  const digests: Digests = { version: digestsVersion, inputs, artifacts: artifactDigests(folders) };
  writeWhole(digestsPath(folders), `${JSON.stringify(digests, null, 2)}\n`);
}

/** The digests as they were written, where there are any. */
export function readDigests(folders: ArtifactFolders): Digests | undefined {
  const path = digestsPath(folders);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Digests) : undefined;
}

/** The digests of the artifacts as they are now, sorted by path. */
export function artifactDigests({ parent, cloud, terraform, diptych }: ArtifactFolders): Record<string, string> {
  const files = [
    ...filesBelow(cloud, (path) => /^asset\.|\.(?:template|assets)\.json$|^manifest\.json$/.test(path)),
    ...filesBelow(terraform, (path) => path === 'manifest.json' || path.endsWith(`${sep}cdk.tf.json`)),
    ...filesBelow(diptych, (path) => /^plan\.(?:json|md)$/.test(path)),
  ];
  const digests = files.map((file): [string, string] => [relative(parent, file).replaceAll(sep, '/'), sha256(readFileSync(file))]);
  return Object.fromEntries(digests.sort(([one], [other]) => byCodeUnit(one, other)));
}

/** Files beside the emitted ones that Terraform would read with them, and that nobody has reviewed; a killed destruction may leave one. */
export function foreignTerraform({ terraform }: Pick<ArtifactFolders, 'terraform'>): string[] {
  const read = /\.(?:tf|tofu|tfvars)(?:\.json)?$/;
  return filesBelow(terraform, (path) => {
    const steps = path.split(sep);
    return read.test(path) && steps.at(-1) !== 'cdk.tf.json' && !steps.includes('.terraform');
  }).sort(byCodeUnit);
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}

/** Files without which artifacts are not whole. */
export function marks({ cloud, terraform, diptych }: Omit<ArtifactFolders, 'parent'>): string[] {
  return [join(cloud, 'manifest.json'), join(terraform, 'manifest.json'), join(diptych, 'digests.json')];
}

function digestsPath({ diptych }: Pick<ArtifactFolders, 'diptych'>): string {
  return join(diptych, 'digests.json');
}

function filesBelow(folder: string, wanted: (path: string) => boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => wanted(relative(folder, path)));
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
