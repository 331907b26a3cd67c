import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { succeed } from '../harness/command';
import type { KubernetesObject } from '../harness/kubectl';

/** The objects of one stack, as plain Kubernetes YAML. */
export interface StackManifests {
  readonly stack: string;
  /** Folder that `kubectl apply` takes. */
  readonly folder: string;
  readonly objects: readonly KubernetesObject[];
}

/** Has the command line write the objects that an estate's emitted Terraform describes, stack by stack in order. */
export async function writeManifests(out: string, stacks: readonly string[]): Promise<StackManifests[]> {
  await succeed(process.execPath, [join('dist', 'bin', 'diptych.js'), 'manifests', '--out', out]);
  return stacks.map((stack) => {
    const folder = join(out, 'diptych.out', 'manifests', stack);
    const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
    return { stack, folder, objects: files.flatMap((file) => objectsIn(readFileSync(join(folder, file), 'utf8'))) };
  });
}

/** The objects of one site on standard output, as a pipe to `kubectl` takes them. */
export function printManifests(out: string, site: string): Promise<string> {
  return succeed(process.execPath, [join('dist', 'bin', 'diptych.js'), 'manifests', '--out', out, '--site', site, '--stdout']);
}

/** Objects of a file in the version of YAML that Kubernetes' own tools read. */
export function objectsIn(text: string): KubernetesObject[] {
  return parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as KubernetesObject);
}
