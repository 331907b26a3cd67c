import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactDigests, type Digests, digestsPath, digestsVersion } from './digests';
import type { ArtifactFolders } from './folders';
import { productVersion } from './product-version';

/** Files of an earlier synthesis in an assembly. Assets are named by their content, so their names do not identify a stack. */
const ofAssembly = /^(?:asset\..*|.*\.(?:template|assets|metadata)\.json|manifest\.json|tree\.json|validation-report\.json)$/;

/** Removes the files of an earlier synthesis, completion files first. Files that Terraform itself wrote are kept. */
export function beginSynthesis(folders: ArtifactFolders): void {
  const { cloud, terraform, diptych } = folders;
  abandonSynthesis(folders);
  for (const name of entries(cloud).filter((entry) => ofAssembly.test(entry))) rmSync(join(cloud, name), { recursive: true, force: true });
  mkdirSync(join(terraform, 'stacks'), { recursive: true });
  mkdirSync(diptych, { recursive: true });
}

/** Removes the completion files after a failed synthesis, and the files that users read or apply without checking digests. */
export function abandonSynthesis(folders: ArtifactFolders): void {
  const read = ['plan.json', 'plan.md', 'manifests'].map((name) => join(folders.diptych, name));
  for (const path of [...completionFiles(folders), ...read]) rmSync(path, { recursive: true, force: true });
}

/** Completes a synthesis: writes the digests of all files, and what only the description states. */
export function endSynthesis(folders: ArtifactFolders, made: Pick<Digests, 'inputs' | 'deploymentOrder'>): void {
  const digests: Digests = { version: digestsVersion, diptych: productVersion(), ...made, artifacts: artifactDigests(folders) };
  writeWhole(digestsPath(folders), `${JSON.stringify(digests, null, 2)}\n`);
}

/** Writes a file atomically. */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}

/** Files that exist only after a completed synthesis. */
export function completionFiles(folders: ArtifactFolders): string[] {
  return [join(folders.cloud, 'manifest.json'), join(folders.terraform, 'manifest.json'), digestsPath(folders)];
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
