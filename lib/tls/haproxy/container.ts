import type { EndpointPlan } from '../../zones/plan-schema';

/** Folder of the two configuration files in the container. All paths are the same on-prem and in the cloud. */
export const configurationFolder = '/etc/diptych/haproxy';

/** Name of the file with everything that clients and servers can observe, the same at every site except for `server` lines. */
export const configurationFile = 'haproxy.cfg';

/** Name of the file with threads, connection limit and acceleration. */
export const capacityFile = 'capacity.cfg';

/** Folder with the candidates for the capacity file of a hardware tier, and with its self-test. */
export const capacityFolder = '/etc/diptych/capacity';

/** Names of the files in `capacityFolder`: capacity with and without devices, self-test configuration, and self-test script. */
export const capacityFiles = {
  hardware: 'hardware.cfg',
  software: 'software.cfg',
  selfTest: 'proof.cfg',
  selfTestScript: 'prove.sh',
} as const;

/** Folder of certificates and keys, with a subfolder for each endpoint. */
export const tlsFolder = '/etc/diptych/tls';

/** Writable folder of the runtime socket, in memory. */
export const runtimeFolder = '/run/diptych';

/** HAProxy's runtime API socket, which updates certificates, revocation lists and ticket keys without a reload. */
export const runtimeSocket = `${runtimeFolder}/haproxy.sock`;

/** Environment variables with the site, the name of the instance and its address, so that the configuration is the same everywhere. */
export const environment = { site: 'DIPTYCH_SITE', instance: 'DIPTYCH_INSTANCE', address: 'DIPTYCH_ADDRESS' } as const;

/** User and group that the tier runs as in its container, on-prem and in the cloud: those of user `haproxy` in the official image. */
export const containerUser = { uid: 99, gid: 99 } as const;

/** Key algorithm of an endpoint's certificate. */
export type KeyAlgorithm = EndpointPlan['keyAlgorithms'][number];

/** Names of the files in an endpoint's folder, beside certificates and keys. */
export const endpointFiles = {
  clientAuthority: 'client-ca.crt',
  revocationList: 'crl.pem',
  ticketKeys: 'tickets.keys',
  backendAuthority: 'backend-ca.crt',
} as const;

/**
 * Names of an endpoint's certificate and key files. Only algorithms after the first have an infix.
 *
 * @example
 * certificateFiles({ keyAlgorithms: ['ecdsa-p256', 'rsa-2048'] }, 'rsa-2048'); // { certificate: 'tls.rsa-2048.crt', key: 'tls.rsa-2048.key' }
 */
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

/** Names of all files in an endpoint's folder. The tier does not start until every one exists. */
export function endpointFileNames(endpoint: EndpointPlan, tickets: boolean): string[] {
  return [
    ...endpoint.keyAlgorithms.flatMap((algorithm) => Object.values(certificateFiles(endpoint, algorithm))),
    ...(endpoint.clientAuthentication === 'required' ? [endpointFiles.clientAuthority, endpointFiles.revocationList] : []),
    ...(tickets ? [endpointFiles.ticketKeys] : []),
    ...(endpoint.backend.serverName === undefined ? [] : [endpointFiles.backendAuthority]),
  ];
}

/** Command of the container. The capacity file comes first, because HAProxy accepts `nbthread` only before the first section other than `global`. */
export const command: readonly string[] = [
  'haproxy',
  '-W',
  '-db',
  '-f',
  `${configurationFolder}/${capacityFile}`,
  '-f',
  `${configurationFolder}/${configurationFile}`,
];

/** Path of the health listener, which answers 200 while the instance serves and 503 once it is stopping. */
export const healthPath = '/healthz';

/** Time that a stopping instance still accepts connections, in seconds, so that load balancers see the failed health check before ports close. */
export const graceSeconds = 10;

/**
 * Time from the start of a stop until failed health checks make a pod unready, in seconds. Load balancers that withdraw the address of a
 * node without ready pods cut open sessions then.
 */
export const unreadySeconds = 4;

/**
 * Longest time from SIGUSR1 to the end of an instance, in seconds: the grace, then `drainSeconds` for open sessions.
 *
 * Whoever stops an instance must wait that long before it sends SIGKILL.
 */
export function stopSeconds(tier: { readonly drainSeconds: number }): number {
  return graceSeconds + tier.drainSeconds;
}
