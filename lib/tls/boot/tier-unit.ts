import { containerUser, environment, runtimeFolder, stopSeconds } from '../haproxy/container';
import type { TierPlan } from '../plan-schema';
import { chooseProgram } from './accelerator';
import { tierArguments, unitName } from './container';
import { shellWord } from './shell-word';

/** Path of the event log, with one JSON object per line. */
export const eventLogFile = '/var/log/diptych/tier.log';

/** Path of the script that fails and lists the files while any TLS file is missing. */
export const requireFilesProgram = '/usr/local/lib/diptych/require-tls-files';

/** Margin in seconds before SIGKILL: of podman after the tier's own timeout, and of systemd after podman's. */
const killMarginSeconds = 5;

/** Timeout of device setup and self-test, in seconds. */
const chooseTimeoutSeconds = 300;

/**
 * Addresses of the instance metadata service, which would give the container the credentials of the instance's role.
 *
 * The container shares the host's network, so the hop limit does not apply to it; systemd filters the packets of the unit instead.
 *
 * @see systemd.resource-control(5), IPAddressDeny
 */
const metadataAddresses = ['169.254.169.254', 'fd00:ec2::254'];

/** Renders the systemd unit of the tier. It starts once all TLS files exist, and stops once all sessions have ended or timed out. */
export function tierUnit(tier: TierPlan, image: string): string {
  const { uid, gid } = containerUser;
  const seconds = stopSeconds(tier) + killMarginSeconds;
  return [
    '[Unit]',
    `Description=TLS termination tier of zone ${shellWord(tier.zone)}`,
    'Wants=network-online.target',
    'After=network-online.target',
    // TLS files may arrive at any time, so systemd retries without a limit.
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=exec',
    `ExecStartPre=${requireFilesProgram}`,
    ...(tier.acceleration === 'hardware' ? [`ExecStartPre=${chooseProgram}`] : []),
    `ExecStartPre=/usr/bin/install -d -m 0750 -o ${uid} -g ${gid} ${runtimeFolder}`,
    `ExecStart=/usr/bin/podman run ${tierArguments(tier, image).join(' ')}`,
    `ExecStop=/usr/bin/podman stop --ignore --time ${seconds} ${unitName}`,
    ...(tier.acceleration === 'hardware' ? [`TimeoutStartSec=${chooseTimeoutSeconds}`] : []),
    `TimeoutStopSec=${seconds + killMarginSeconds}`,
    'Restart=always',
    'RestartSec=5',
    `StandardOutput=append:${eventLogFile}`,
    'StandardError=journal',
    `IPAddressDeny=${metadataAddresses.join(' ')}`,
    // Lets podman create the container's control group below that of the unit.
    'Delegate=yes',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

/** Renders the environment file of the container. The boot script expands `$instance` and `$address`. */
export function environmentLines(site: string): string {
  return `${environment.site}=${shellWord(site)}\n${environment.instance}=\${instance}\n${environment.address}=\${address}\n`;
}
