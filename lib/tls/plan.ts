import type { Problem } from '../core/problem';
import type { ZonePlan } from '../zones/plan-schema';
import type { ZoneSpec } from '../zones/spec';
import type { HaproxyPlan, ProfilePlan, TierPlan } from './plan-schema';

/** What this domain needs to know of the site of a tier. */
export interface TierSite {
  readonly id: string;
  readonly kind: 'on-prem' | 'cloud';
  /** How many things fail independently: failure domains of a cluster, availability zones of a VPC. */
  readonly failureDomains: number;
  /** On-prem: acceleration hardware on offer. */
  readonly hardware?: {
    readonly generation: string;
    readonly nodesPerFailureDomain: number;
    readonly devicesPerNode: number;
    readonly nodeLabel: string;
  };
  /** In the cloud: instance types on offer. */
  readonly instanceTypes?: { readonly software: readonly string[]; readonly hardware?: readonly string[] };
}

/** What a tier is planned from. */
export interface TierRequest {
  /** The zone as planned at the site. */
  readonly zone: ZonePlan;
  readonly acceleration: ZoneSpec['acceleration'];
  readonly pinnedCpus: boolean;
  readonly profile: ProfilePlan;
  readonly site: TierSite;
  readonly haproxy: HaproxyPlan;
}

/** The preset of a zone that names no other. */
export const strictProfile: ProfilePlan = {
  name: 'strict',
  base: 'strict',
  source: 'RFC 8446; RFC 9325',
  versions: ['TLSv1.3'],
  cipherSuites: ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  legacyCipherSuites: [],
  groups: ['X25519', 'P-256', 'P-384'],
  signatureAlgorithms: [
    'ecdsa_secp256r1_sha256',
    'ecdsa_secp384r1_sha384',
    'ed25519',
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
  ],
  clientAuthentication: 'none',
  resumption: { tickets: true, lifetimeSeconds: 3_600 },
  fipsProvider: false,
};

/** Resources of one instance of a tier that has not been sized. */
export const defaultInstance = { cpuCores: 2, baseMemoryMebibytes: 512, memoryKibibytesPerConnection: 48 } as const;

/** Connections that an instance accepts beyond its share of the expected sessions. */
const connectionHeadroom = 1.5;

/** The endpoints whose TLS the tier ends: all but those of a balancer's own listener. */
export function tierEndpoints(zone: ZonePlan): ZonePlan['endpoints'] {
  return zone.endpoints.filter(({ managedCertificate }) => managedCertificate === undefined);
}

/** The tier of a zone at a site; none where the zone has no endpoint whose TLS it would end. */
export function planTier({ zone, pinnedCpus, profile, site }: TierRequest): { tier?: TierPlan; problems: Problem[] } {
  const endpoints = tierEndpoints(zone);
  if (endpoints.length === 0) return { problems: [] };
  const instances = site.failureDomains + 1;
  const sessions = endpoints.reduce((sum, { concurrentSessions }) => sum + concurrentSessions, 0);
  const maxConnections = Math.ceil((sessions / site.failureDomains) * connectionHeadroom);
  const { cpuCores, baseMemoryMebibytes, memoryKibibytesPerConnection } = defaultInstance;
  const instanceType = site.instanceTypes?.software[0];
  const tier: TierPlan = {
    zone: zone.id,
    profile,
    acceleration: 'software',
    reason: `default software tier: one instance for each of ${site.failureDomains} failure domains and one more, ${cpuCores} cores each`,
    instances,
    maxInstances: instances + 1,
    minAvailable: instances - 1,
    cpuCores,
    memoryMebibytes: baseMemoryMebibytes + Math.ceil((maxConnections * memoryKibibytesPerConnection) / 1_024),
    threads: cpuCores,
    maxConnections,
    pinnedCpus,
    scaleInProtected: endpoints.some(({ protocol }) => protocol === 'fix'),
    drainSeconds: Math.max(...endpoints.map(({ drainSeconds }) => drainSeconds)),
    ...(instanceType && { instanceType }),
  };
  return { tier, problems: [] };
}
