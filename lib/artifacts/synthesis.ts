import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactDigests, type Digests, digestsPath, digestsVersion } from './digests';
import type { ArtifactFolders } from './folders';
import { productVersion } from './product-version';

/** What an earlier synthesis left in an assembly; assets are named by their content and their names say nothing of their stack. */
const ofAssembly = /^(?:asset\..*|.*\.(?:template|assets|metadata)\.json|manifest\.json|tree\.json|validation-report\.json)$/;

/** Removes the marks of complete artifacts before anything else is touched; Terraform's own files stay. */
export function beginSynthesis(folders: ArtifactFolders): void {
  const { cloud, terraform, diptych } = folders;
  abandonSynthesis(folders);
  for (const name of entries(cloud).filter((entry) => ofAssembly.test(entry))) rmSync(join(cloud, name), { recursive: true, force: true });
  mkdirSync(join(terraform, 'stacks'), { recursive: true });
  mkdirSync(diptych, { recursive: true });
}

/** Removes the marks of a synthesis that failed or was never begun, and the files that a person reads or applies without checking them. */
export function abandonSynthesis(folders: ArtifactFolders): void {
  const read = ['plan.json', 'plan.md', 'manifests'].map((name) => join(folders.diptych, name));
  for (const path of [...marks(folders), ...read]) rmSync(path, { recursive: true, force: true });
}

/** Writes the digests of everything, and what else is known of the description only: the last act of a synthesis. */
export function endSynthesis(folders: ArtifactFolders, made: Pick<Digests, 'inputs' | 'deploymentOrder'>): void {
  const digests: Digests = { version: digestsVersion, diptych: productVersion(), ...made, artifacts: artifactDigests(folders) };
  writeWhole(digestsPath(folders), `${JSON.stringify(digests, null, 2)}\n`);
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}

/** Files without which artifacts are not whole. */
export function marks(folders: ArtifactFolders): string[] {
  return [join(folders.cloud, 'manifest.json'), join(folders.terraform, 'manifest.json'), digestsPath(folders)];
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
