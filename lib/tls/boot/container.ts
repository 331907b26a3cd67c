import { capacityFiles, capacityFolder, command, configurationFolder, containerUser, runtimeFolder, tlsFolder } from '../haproxy/container';
import type { TierPlan } from '../plan-schema';
import { shellWord } from './shell-word';

/** How an instance runs the tier's image with podman. */

/** Name of the unit, and of its container. */
export const unitName = 'diptych-tier';

/** File with the container's environment. */
export const environmentFile = '/etc/diptych/tier.env';

/** File descriptors of an instance: two a connection, and those of listeners, checks, logs and threads. */
function fileDescriptors({ maxConnections, threads }: TierPlan): number {
  return 2 * maxConnections + 64 * threads + 1_024;
}

/** The device nodes of functions that the tier's user was given; memory that devices read may not be moved. */
const deviceArguments: readonly string[] = ['--device=/dev/vfio', '--ulimit=memlock=-1:-1'];

/** A folder of the machine at its own path; containers share its label, as the proof and the tier read the same files. */
const volume = (folder: string, mode: 'ro' | 'rw'): string => `--volume=${folder}:${folder}:${mode},z`;

/** What holds every container of the image. */
function containment(tier: TierPlan): string[] {
  const { uid, gid } = containerUser;
  return [
    '--replace',
    '--rm',
    '--pull=never',
    '--log-driver=passthrough',
    `--user=${uid}:${gid}`,
    '--read-only',
    '--cap-drop=all',
    '--security-opt=no-new-privileges',
    `--memory=${shellWord(tier.memoryMebibytes)}m`,
    `--pids-limit=${shellWord(tier.threads + 64)}`,
    `--ulimit=nofile=${shellWord(fileDescriptors(tier))}:${shellWord(fileDescriptors(tier))}`,
    ...(tier.acceleration === 'hardware' ? deviceArguments : []),
    volume(tlsFolder, 'ro'),
  ];
}

/** The arguments of `podman run` for the tier. */
export function tierArguments(tier: TierPlan, image: string): string[] {
  return [
    '--name',
    unitName,
    ...containment(tier),
    // The container's own bookkeeping stays with the unit: systemd stops all of it or none.
    '--cgroups=split',
    '--sdnotify=ignore',
    '--network=host',
    '--stop-signal=SIGUSR1',
    `--env-file=${environmentFile}`,
    volume(configurationFolder, 'ro'),
    volume(runtimeFolder, 'rw'),
    shellWord(image),
    ...command,
  ];
}

/** The arguments of `podman run` for the proof of a hardware tier's means; it talks to itself and to nobody else. */
export function selfTestArguments(tier: TierPlan, image: string): string[] {
  return [
    '--name',
    'diptych-proof',
    ...containment(tier),
    '--network=none',
    volume(capacityFolder, 'ro'),
    shellWord(image),
    '/bin/sh',
    `${capacityFolder}/${capacityFiles.prove}`,
  ];
}
