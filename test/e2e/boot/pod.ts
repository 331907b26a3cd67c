import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../harness/command';
import type { KubernetesObject } from '../harness/kubectl';
import { lines, type MachineRoot } from './root';

interface Item {
  readonly key: string;
  readonly path: string;
}

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly emptyDir?: object;
  readonly projected?: { readonly sources: readonly { readonly secret?: { readonly name: string; readonly items?: readonly Item[] } }[] };
}

interface Container {
  readonly name: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef: { readonly fieldPath: string } };
  }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly readinessProbe?: { readonly httpGet: { readonly port: number; readonly path: string } };
  readonly restartPolicy?: string;
}

/** Pod template of a Deployment. */
export interface PodSpec {
  readonly securityContext?: { readonly sysctls?: readonly { readonly name: string; readonly value: string }[] };
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

/** Sources of a pod's volumes. */
export interface VolumeSources {
  readonly configMaps: readonly (KubernetesObject & { readonly data?: Readonly<Record<string, string>> })[];
  /** Folder with one folder per Secret. */
  readonly secretFolder: (secret: string) => string;
}

/** Starts the containers of a pod in order, waits until they are ready, and probes the endpoints. */
export function bootPod(root: MachineRoot, pod: PodSpec, sources: VolumeSources): Promise<Outcome> {
  for (const volume of pod.volumes ?? []) fill(root, volume, sources);
  const { initContainers = [], containers } = pod;
  const script = [
    'set -euo pipefail',
    ...(pod.securityContext?.sysctls ?? []).map(({ name, value }) => `echo ${quoted(value)} >/proc/sys/${name.replaceAll('.', '/')}`),
    ...initContainers.map((container) => `${start(root, container)}${container.restartPolicy === 'Always' ? ' &' : ''}`),
    ...containers.map((container) => `${start(root, container)} &>/stand-ins/${container.name}.log &`),
    ...containers.flatMap(({ readinessProbe }) => (readinessProbe ? [untilReady(readinessProbe.httpGet)] : [])),
    'bash /stand-ins/probe',
    '',
  ];
  root.write('stand-ins/pod', script.join('\n'));
  return root.run('/bin/bash', '/stand-ins/pod');
}

const volumeFolder = (name: string) => `/stand-ins/volumes/${name}`;

function fill(root: MachineRoot, volume: Volume, { configMaps, secretFolder }: VolumeSources): void {
  const folder = join(root.folder, volumeFolder(volume.name));
  mkdirSync(folder, { recursive: true });
  if (volume.configMap) {
    const name = volume.configMap.name;
    const data = configMaps.find(({ metadata }) => metadata.name === name)?.data;
    if (!data) throw new Error(`volume ${volume.name} needs ConfigMap ${name}, which does not exist`);
    for (const [file, text] of Object.entries(data)) writeFileSync(join(folder, file), text);
  } else if (volume.projected) {
    for (const { secret } of volume.projected.sources) {
      if (!secret) throw new Error(`volume ${volume.name} projects something other than Secrets, which this test does not support`);
      for (const { key, path } of secret.items ?? []) cpSync(join(secretFolder(secret.name), key), join(folder, path));
    }
  } else if (!volume.emptyDir) throw new Error(`volume ${volume.name} is of a kind that this test does not support`);
}

function start(root: MachineRoot, { name, command, args = [], env = [], volumeMounts = [] }: Container): string {
  const values = Object.fromEntries(env.map((one) => [one.name, one.value ?? fieldOf(one.valueFrom?.fieldRef.fieldPath)]));
  root.write(`stand-ins/${name}.env`, lines(values));
  const mounts = volumeMounts.map((mount) => `--volume=${volumeFolder(mount.name)}:${mount.mountPath}:${mount.readOnly ? 'ro' : 'rw'}`);
  return ['/stand-ins/container', `--env-file=/stand-ins/${name}.env`, ...mounts, '--', ...command, ...args].map(quoted).join(' ');
}

/** Value of a downward API field. */
function fieldOf(path: string | undefined): string {
  if (path === 'status.podIP') return '127.0.0.1';
  if (path !== 'metadata.name') throw new Error(`this test does not support the downward API field ${path}`);
  return 'tls-tier-0';
}

function untilReady({ port, path }: { readonly port: number; readonly path: string }): string {
  return `until curl --fail --silent --output /dev/null http://127.0.0.1:${port}${path}; do [ -n "$(jobs -r)" ] || exit 1; sleep 1; done`;
}

/** Quotes a word for the shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
