import type { EndpointPlan } from '../../zones/plan-schema';

/** Where a tier's files stand inside its container, the same at both halves. */

/** Folder of the two configuration files. */
export const configurationFolder = '/etc/diptych/haproxy';

/** Name of the file that says what the tier means. */
export const configurationFile = 'haproxy.cfg';

/** Name of the file that says with what means it runs. */
export const capacityFile = 'capacity.cfg';

/** Folder of what a hardware tier's instance chooses its means from. */
export const capacityFolder = '/etc/diptych/capacity';

/** Names of the files in it: means with and without devices, and what proves the former. */
export const capacityFiles = { hardware: 'hardware.cfg', software: 'software.cfg', proof: 'proof.cfg', prove: 'prove.sh' } as const;

/** Folder of the certificates and keys: one folder an endpoint. */
export const tlsFolder = '/etc/diptych/tls';

/** Folder of the runtime socket; writable, in memory. */
export const runtimeFolder = '/run/diptych';

/** The runtime socket: certificates, revocation lists and ticket keys are changed through it without a reload. */
export const runtimeSocket = `${runtimeFolder}/haproxy.sock`;

/** Environment variables that say where an instance stands, so that the configuration need not. */
export const environment = { site: 'DIPTYCH_SITE', instance: 'DIPTYCH_INSTANCE' } as const;

/** User and group that the tier runs as in its container, on-prem and in the cloud: those of user `haproxy` in the official image. */
export const containerUser = { uid: 99, gid: 99 } as const;

/** A key algorithm of an endpoint's certificates. */
export type KeyAlgorithm = EndpointPlan['keyAlgorithms'][number];

/** Names of the files in an endpoint's folder. */
export const endpointFiles = {
  clientAuthority: 'client-ca.crt',
  revocationList: 'crl.pem',
  ticketKeys: 'tickets.keys',
  backendAuthority: 'backend-ca.crt',
} as const;

/** Names of an endpoint's certificate and key of one algorithm: the first algorithm has no infix, further ones name themselves. */
export function certificateFiles(
  endpoint: Pick<EndpointPlan, 'keyAlgorithms'>,
  algorithm: KeyAlgorithm,
): { certificate: string; key: string } {
  const infix = endpoint.keyAlgorithms[0] === algorithm ? '' : `.${algorithm}`;
  return { certificate: `tls${infix}.crt`, key: `tls${infix}.key` };
}

/** Folder of an endpoint's files. */
export function endpointFolder(endpoint: string): string {
  return `${tlsFolder}/${endpoint}`;
}

/** Names of every file that an endpoint's folder holds: the tier does not start without them. */
export function endpointFileNames(endpoint: EndpointPlan, tickets: boolean): string[] {
  return [
    ...endpoint.keyAlgorithms.flatMap((algorithm) => Object.values(certificateFiles(endpoint, algorithm))),
    ...(endpoint.clientAuthentication === 'required' ? [endpointFiles.clientAuthority, endpointFiles.revocationList] : []),
    ...(tickets ? [endpointFiles.ticketKeys] : []),
    ...(endpoint.backend.serverName === undefined ? [] : [endpointFiles.backendAuthority]),
  ];
}

/** What the container runs. The capacity comes first: HAProxy takes `nbthread` only before the first section that is not global. */
export const command: readonly string[] = [
  'haproxy',
  '-W',
  '-db',
  '-f',
  `${configurationFolder}/${capacityFile}`,
  '-f',
  `${configurationFolder}/${configurationFile}`,
];

/** Path at which the health listener answers 200, and 503 once the instance is stopping; it answers nothing else. */
export const healthPath = '/healthz';

/** How long a stopping instance still accepts connections, in seconds, so that balancers see its health answer before its ports close. */
export const graceSeconds = 10;

/**
 * How long an instance may take from SIGUSR1 to its end, in seconds.
 *
 * Its open sessions have `drainSeconds` after the grace; whoever stops it has to wait that long before it kills.
 */
export function stopSeconds(tier: { readonly drainSeconds: number }): number {
  return graceSeconds + tier.drainSeconds;
}
