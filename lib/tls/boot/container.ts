import { fileDescriptors } from '../haproxy/capacity';
import { capacityFiles, capacityFolder, command, configurationFolder, containerUser, runtimeFolder, tlsFolder } from '../haproxy/container';
import type { TierPlan } from '../plan-schema';
import { shellWord } from './shell-word';

/** Name of the systemd unit and of its container. */
export const unitName = 'diptych-tier';

/** Path of the file with the container's environment variables. */
export const environmentFile = '/etc/diptych/tier.env';

/** Arguments that give the container the device nodes, and let it lock the memory that devices read. */
const deviceArguments: readonly string[] = ['--device=/dev/vfio', '--ulimit=memlock=-1:-1'];

/** Mounts a folder of the machine at the same path. The shared SELinux label (`z`) lets both the self-test and the tier read it. */
const volume = (folder: string, mode: 'ro' | 'rw'): string => `--volume=${folder}:${folder}:${mode},z`;

/** Arguments of all containers of the image: no privileges, and limits on resources. */
function hardeningArguments(tier: TierPlan): string[] {
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

/** Arguments of `podman run` for the tier. */
export function tierArguments(tier: TierPlan, image: string): string[] {
  return [
    '--name',
    unitName,
    ...hardeningArguments(tier),
    // Keeps podman's processes in the control group of the unit, so that systemd stops all of them together.
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

/** Arguments of `podman run` for the self-test of a hardware tier, which needs no network. */
export function selfTestArguments(tier: TierPlan, image: string): string[] {
  return [
    '--name',
    'diptych-proof',
    ...hardeningArguments(tier),
    '--network=none',
    volume(capacityFolder, 'ro'),
    shellWord(image),
    '/bin/sh',
    `${capacityFolder}/${capacityFiles.selfTestScript}`,
  ];
}
