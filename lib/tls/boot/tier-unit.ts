import { containerUser, environment, runtimeFolder, stopSeconds } from '../haproxy/container';
import type { TierPlan } from '../plan-schema';
import { chooseProgram } from './accelerator';
import { tierArguments, unitName } from './container';
import { shellWord } from './shell-word';

/** File that takes the tier's TLS events, one JSON object a line. */
export const eventLogFile = '/var/log/diptych/tier.log';

/** Program that says which TLS files are missing, and fails while any is. */
export const requireFilesProgram = '/usr/local/lib/diptych/require-tls-files';

/** Seconds that podman waits beyond the tier's own end before it kills, and systemd beyond podman. */
const killMarginSeconds = 5;

/** How long devices may take to be set up and proved before a start is given up, in seconds. */
const chooseSeconds = 300;

/**
 * Addresses of the metadata service, which would give the container the credentials of the instance's role.
 *
 * The container shares the host's network, so that no count of hops keeps it away: systemd filters what the unit's processes send.
 *
 * @see systemd.resource-control(5), IPAddressDeny
 */
const metadataAddresses = ['169.254.169.254', 'fd00:ec2::254'];

/** The systemd unit that runs the tier: not before its TLS files are there, and on stopping not before its sessions are done or out of time. */
export function tierUnit(tier: TierPlan, image: string): string {
  const { uid, gid } = containerUser;
  const seconds = stopSeconds(tier) + killMarginSeconds;
  return [
    '[Unit]',
    `Description=TLS termination tier of zone ${shellWord(tier.zone)}`,
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
    `ExecStart=/usr/bin/podman run ${tierArguments(tier, image).join(' ')}`,
    `ExecStop=/usr/bin/podman stop --ignore --time ${seconds} ${unitName}`,
    ...(tier.acceleration === 'hardware' ? [`TimeoutStartSec=${chooseSeconds}`] : []),
    `TimeoutStopSec=${seconds + killMarginSeconds}`,
    'Restart=always',
    'RestartSec=5',
    `StandardOutput=append:${eventLogFile}`,
    'StandardError=journal',
    `IPAddressDeny=${metadataAddresses.join(' ')}`,
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
  return `${environment.site}=${shellWord(site)}\n${environment.instance}=\${instance}\n`;
}
