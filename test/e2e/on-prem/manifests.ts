import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { succeed } from '../harness/command';
import type { KubernetesObject } from '../harness/kubectl';

/** Kubernetes YAML of one stack. */
export interface StackManifests {
  readonly stack: string;
  /** Folder for `kubectl apply`. */
  readonly folder: string;
  readonly objects: readonly KubernetesObject[];
}

/** Writes the objects of an estate's Terraform configuration as manifests, stack by stack in order. */
export async function writeManifests(out: string, stacks: readonly string[]): Promise<StackManifests[]> {
  await succeed(process.execPath, [join('dist', 'bin', 'diptych.js'), 'manifests', '--out', out]);
  return stacks.map((stack) => {
    const folder = join(out, 'diptych.out', 'manifests', stack);
    const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
    return { stack, folder, objects: files.flatMap((file) => objectsIn(readFileSync(join(folder, file), 'utf8'))) };
  });
}

/** Objects of one site on standard output, as piped to `kubectl`. */
export function printManifests(out: string, site: string): Promise<string> {
  return succeed(process.execPath, [join('dist', 'bin', 'diptych.js'), 'manifests', '--out', out, '--site', site, '--stdout']);
}

/** Parses a manifest with YAML 1.1, the version of the Kubernetes tools. */
export function objectsIn(text: string): KubernetesObject[] {
  return parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as KubernetesObject);
}
