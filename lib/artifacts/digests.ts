import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { canonicalJson, sha256 } from '../core/digest';
import { byCodeUnit } from '../core/order';
import { type ArtifactFolders, pathOf } from './folders';
import { type Read, readJson } from './json';

/** Version of the schema of `digests.json`. Within a version, fields may be added but not removed or redefined. */
export const digestsVersion = 'diptych/digests/1';

const digestsFile = z.object({
  version: z.literal(digestsVersion),
  /** Version of Diptych that made the artifacts; absent in those of early versions. */
  diptych: z.string().optional(),
  /** SHA-256 digests keyed by input: `description` is the description as data, whatever its comments, order or language. */
  inputs: z.record(z.string(), z.string()),
  /** Ids of the sites as the description declares them, which is the order in which they are deployed; absent in early versions. */
  deploymentOrder: z.array(z.string()).optional(),
  /** SHA-256 digests keyed by path below the folder that holds all three folders. */
  artifacts: z.record(z.string(), z.string()),
});

/** Contents of `digests.json`: the version of Diptych, and digests of inputs and artifacts. */
export type Digests = Readonly<z.infer<typeof digestsFile>>;

/** Returns the digests of the inputs of a synthesis. */
export function inputDigests(description: unknown): Digests['inputs'] {
  return { description: sha256(canonicalJson(description)) };
}

/** Returns the ids of sites in the order of the description; the plan sorts them by id. */
export function declaredSites(description: unknown): string[] {
  return Object.keys((description as { readonly sites?: object }).sites ?? {});
}

/** Returns the path of `digests.json`. */
export function digestsPath({ diptych }: Pick<ArtifactFolders, 'diptych'>): string {
  return join(diptych, 'digests.json');
}

/** Reads the digests that the synthesis recorded; returns the problem ART008 if they cannot be read. */
export function readDigests(folders: ArtifactFolders): Read<Digests> {
  const path = digestsPath(folders);
  return readJson(path, pathOf(folders, path), digestsFile);
}

/** Returns one digest of all artifacts and the version of Diptych that wrote them. */
export function digestOf({ diptych, artifacts }: Pick<Digests, 'diptych' | 'artifacts'>): string {
  return sha256(canonicalJson({ diptych, artifacts }));
}

/** Computes the digests of the artifacts as they are now, sorted by path. */
export function artifactDigests(folders: ArtifactFolders): Record<string, string> {
  const { cloud, terraform, diptych } = folders;
  const files = [
    ...filesBelow(cloud, (path) => /^asset\.|\.(?:template|assets)\.json$|^manifest\.json$/.test(path)),
    ...filesBelow(terraform, (path) => path === 'manifest.json' || path.endsWith(`${sep}cdk.tf.json`)),
    ...filesBelow(diptych, (path) => /^plan\.(?:json|md)$/.test(path)),
  ];
  const digests = files.map((file): [string, string] => [pathOf(folders, file), sha256(readFileSync(file))]);
  return Object.fromEntries(digests.sort(([one], [other]) => byCodeUnit(one, other)));
}

/** Returns files in the folders of stacks that Terraform would read but Diptych did not write. */
export function foreignTerraform({ terraform }: Pick<ArtifactFolders, 'terraform'>): string[] {
  const read = /\.(?:tf|tofu|tfvars)(?:\.json)?$/;
  return filesBelow(terraform, (path) => {
    const steps = path.split(sep);
    return read.test(path) && steps.at(-1) !== 'cdk.tf.json' && !steps.includes('.terraform');
  }).sort(byCodeUnit);
}

function filesBelow(folder: string, wanted: (path: string) => boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => wanted(relative(folder, path)));
}
