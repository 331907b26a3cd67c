import { chooseProgram, deviceArguments } from './accelerator-boot';
import { containerUser } from './container-user';
import { command, configurationFolder, environment, runtimeFolder, stopSeconds, tlsFolder } from './haproxy/paths';
import { machineWord } from './machine-words';
import type { TierPlan } from './plan-schema';

/** Name of the unit, and of its container. */
export const unitName = 'diptych-tier';

/** File with the container's environment. */
export const environmentFile = '/etc/diptych/tier.env';

/** File that takes the tier's TLS events, one JSON object a line. */
export const eventLogFile = '/var/log/diptych/tier.log';

/** Program that says which TLS files are missing, and fails while any is. */
export const requireFilesProgram = '/usr/local/lib/diptych/require-tls-files';

/** File descriptors of an instance: two a connection, and those of listeners, checks, logs and threads. */
function fileDescriptors({ maxConnections, threads }: TierPlan): number {
  return 2 * maxConnections + 64 * threads + 1_024;
}

/** Seconds that podman waits beyond the tier's own end before it kills, and systemd beyond podman. */
const killMarginSeconds = 5;

function runArguments(tier: TierPlan, image: string): string[] {
  const { uid, gid } = containerUser;
  return [
    '--name',
    unitName,
    '--replace',
    '--rm',
    '--pull=never',
    // The container's own bookkeeping stays with the unit: systemd stops all of it or none.
    '--cgroups=split',
    '--sdnotify=ignore',
    '--log-driver=passthrough',
    '--network=host',
    `--user=${uid}:${gid}`,
    '--read-only',
    '--cap-drop=all',
    '--security-opt=no-new-privileges',
    `--memory=${machineWord(tier.memoryMebibytes)}m`,
    `--pids-limit=${machineWord(tier.threads + 64)}`,
    `--ulimit=nofile=${machineWord(fileDescriptors(tier))}:${machineWord(fileDescriptors(tier))}`,
    '--stop-signal=SIGUSR1',
    ...(tier.acceleration === 'hardware' ? deviceArguments : []),
    `--env-file=${environmentFile}`,
    `--volume=${configurationFolder}:${configurationFolder}:ro`,
    `--volume=${tlsFolder}:${tlsFolder}:ro`,
    `--volume=${runtimeFolder}:${runtimeFolder}:rw`,
    machineWord(image),
    ...command,
  ];
}

/** The systemd unit that runs the tier: not before its TLS files are there, and on stopping not before its sessions are done or out of time. */
export function tierUnit(tier: TierPlan, image: string): string {
  const { uid, gid } = containerUser;
  const seconds = stopSeconds(tier) + killMarginSeconds;
  return [
    '[Unit]',
    `Description=TLS termination tier of zone ${machineWord(tier.zone)}`,
    'Wants=network-online.target',
    'After=network-online.target',
    // The files come when they come: every attempt says what is missing, and none is the last.
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=exec',
    `ExecStartPre=${requireFilesProgram}`,
    ...(tier.acceleration === 'hardware' ? [`ExecStartPre=${chooseProgram}`] : []),
    `ExecStartPre=/usr/bin/install -d -m 0750 -o ${uid} -g ${gid} ${runtimeFolder}`,
    `ExecStart=/usr/bin/podman run ${runArguments(tier, image).join(' ')}`,
    `ExecStop=/usr/bin/podman stop --ignore --time ${seconds} ${unitName}`,
    `TimeoutStopSec=${seconds + killMarginSeconds}`,
    'Restart=always',
    'RestartSec=5',
    `StandardOutput=append:${eventLogFile}`,
    'StandardError=journal',
    // Podman makes the container's control group below the unit's own.
    'Delegate=yes',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

/** The container's environment: where the instance stands. `$instance` is the shell's. */
export function environmentLines(site: string): string {
  return `${environment.site}=${machineWord(site)}\n${environment.instance}=\${instance}\n`;
}
