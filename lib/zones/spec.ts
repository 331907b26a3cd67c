import { z } from 'zod';
import { address, cidr, hostName, id, labelKey, labelValue, port, sentence } from '../core/schema';

/** What a zone is for; each purpose has a default trust level (`trust.ts`). */
export const purposes = [
  'market-data',
  'high-frequency-order-entry',
  'algorithmic-trading',
  'long-term-portfolio',
  'risk',
  'settlement',
  'client-access',
  'management',
] as const;

/** Levels of trust, each behind a network ACL of its own in the cloud. */
export const trustLevels = ['exposed', 'trading', 'post-trade', 'management'] as const;

/** How much depends on a zone, the most first. */
export const criticalities = ['critical', 'high', 'standard'] as const;

/** Key algorithms that a server certificate may have. */
export const keyAlgorithms = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ml-dsa-65', 'ml-dsa-87'] as const;

const arn = z
  .string()
  .regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/, { message: 'a certificate is named by its ACM ARN' });

export const backendSpec = z
  .strictObject({
    port: port.describe('Port on which every server of the backend listens.'),
    servers: z.record(id, z.record(id, address)).describe('Per site, the servers keyed by name: IPv4 address or DNS name.'),
    podLabels: z
      .record(labelKey, labelValue)
      .optional()
      .describe(
        'On-prem, the labels of the pods in the zone that are the backend, where its servers are named by the DNS names of Services.',
      ),
    podPort: port
      .optional()
      .describe('On-prem, the port on which those pods listen, where their Service has another. Default: the same port.'),
    serverName: hostName
      .optional()
      .describe("Name sent to the servers and verified in their certificates. Default: the endpoint's first server name."),
    clientIdentity: z
      .enum(['none', 'proxy-v2'])
      .default('none')
      .describe("Whether the PROXY protocol, version 2, carries the client's address and certificate name to the server."),
    plain: z
      .strictObject({ reason: sentence.describe('Why the traffic behind the tier may be in clear text.') })
      .optional()
      .describe(
        'Leaves the connection to the backend unencrypted, with a stated reason. Default: it is encrypted again and the server verified.',
      ),
  })
  .meta({ id: 'Backend', description: 'The servers behind an endpoint.' });

export const latencyBudgetSpec = z
  .strictObject({
    microseconds: z
      .int()
      .min(1)
      .describe('The longest that a handshake may keep a client waiting on the tier, in microseconds of queueing and service.'),
    percentile: z.number().min(0.5).max(0.9999).default(0.99).describe('The share of handshakes that must meet the budget.'),
  })
  .meta({ id: 'LatencyBudget', description: 'How long the tier may take over a handshake.' });

export const endpointSpec = z
  .strictObject({
    port: port.describe('TCP port on which clients connect.'),
    serverNames: z.array(hostName).min(1).describe('DNS names that clients send; any other is refused. The first names the certificate.'),
    protocol: z
      .enum(['fix', 'https', 'grpc', 'tcp'])
      .describe('What is spoken inside TLS: decides ALPN, time-outs and how sessions are drained.'),
    clientAuthentication: z
      .enum(['none', 'required'])
      .default('none')
      .describe('Whether a client must present a certificate of the client authority.'),
    keyAlgorithms: z
      .array(z.enum(keyAlgorithms))
      .min(1)
      .default(['ecdsa-p256'])
      .describe('Key algorithms of the certificates served side by side, at most one of each key type.'),
    peakNewSessionsPerSecond: z
      .number()
      .positive()
      .max(10_000_000)
      .default(50)
      .describe('Highest expected rate of new TLS sessions, per second and site.'),
    resumptionRatio: z.number().min(0).max(1).default(0).describe('Share of new sessions that resume an earlier one.'),
    concurrentSessions: z.int().min(1).max(10_000_000).default(1_000).describe('Most sessions open at the same time, per site.'),
    latencyBudget: latencyBudgetSpec.default({ microseconds: 50_000, percentile: 0.99 }),
    drainSeconds: z
      .int()
      .min(1)
      .max(3_600)
      .optional()
      .describe('How long open sessions may go on once an instance stops, in seconds. Default: 300 for FIX, else 30.'),
    idleTimeoutSeconds: z.int().min(60).max(6_000).default(350).describe('After how long without traffic a session is closed, in seconds.'),
    backend: backendSpec,
    managed: z
      .strictObject({
        certificates: z.record(id, arn).describe('Per cloud site, the ACM certificate that the listener serves.'),
      })
      .optional()
      .describe(
        "At cloud sites, TLS is ended by the network load balancer's own listener in place of the tier: weaker in strict SNI, stapling and logs.",
      ),
  })
  .meta({ id: 'Endpoint', description: 'One TLS service of a zone.' });

export const flowSpec = z
  .strictObject({
    endpoints: z.array(id).min(1).optional().describe('Ids of the endpoints that may be reached. Default: every endpoint of the zone.'),
    scope: z
      .enum(['site', 'estate'])
      .default('site')
      .describe(
        "`site`: only from the zone's part at the same site; `estate`: from its part at every linked site too. Says nothing about an external.",
      ),
  })
  .meta({ id: 'Flow', description: 'The permission to open connections to endpoints of a zone.' });

const subnetId = z.string().regex(/^subnet-[0-9a-f]{8,17}$/, { message: 'a subnet is named by its id' });

export const zoneAtSiteSpec = z
  .strictObject({
    cidr: cidr.optional().describe("Cloud: the zone's block. Default: the slot-th block of the site."),
    subnets: z
      .record(z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/), z.strictObject({ balancer: subnetId, tier: subnetId }))
      .optional()
      .describe('Cloud, in an existing VPC: per availability zone, the existing subnets of the balancer and of the tier.'),
    loadBalancerCidr: cidr.optional().describe("On-prem: addresses of the zone's load balancer. Default: the slot-th block of the site's."),
    egressCidr: cidr
      .optional()
      .describe("On-prem: addresses with which the zone leaves the cluster. Default: the slot-th block of the site's."),
  })
  .meta({ id: 'ZoneAtSite', description: 'Explicit addresses of a zone at one site.' });

export const zoneSpec = z
  .strictObject({
    purpose: z.enum(purposes).describe('What the zone is for.'),
    criticality: z.enum(criticalities).describe('How much depends on the zone: decides deletion protection and the priority of its pods.'),
    trustLevel: z.enum(trustLevels).optional().describe('Which coarse wall the zone stands behind. Default: by purpose.'),
    sites: z.array(id).min(1).describe('Ids of the sites at which the zone exists.'),
    slot: z
      .int()
      .min(0)
      .max(4_095)
      .describe("Number of the zone's address block at every site; nobody else's moves when a zone comes or goes."),
    profile: id.default('strict').describe('Name of the TLS profile.'),
    acceleration: z
      .enum(['auto', 'hardware', 'software'])
      .default('auto')
      .describe('Whether handshakes are accelerated by hardware; `auto` decides by the sizing model and records why.'),
    pinnedCpus: z.boolean().default(false).describe('Whether instances get whole processor cores of their own.'),
    endpoints: z.record(id, endpointSpec).default({}).describe('TLS services, keyed by id.'),
    allowFrom: z.record(id, flowSpec).default({}).describe('Who may connect, keyed by the id of a zone or an external; nobody else may.'),
    at: z.record(id, zoneAtSiteSpec).default({}).describe('Explicit addresses, keyed by site.'),
  })
  .meta({ id: 'Zone', description: 'A segment of the network with one purpose, one criticality and one level of TLS.' });

export const externalSpec = z
  .strictObject({
    cidrs: z.array(cidr).min(1).describe('IPv4 blocks of the network.'),
    sites: z.array(id).min(1).optional().describe('Ids of the sites at which it arrives. Default: all.'),
  })
  .meta({ id: 'External', description: 'A named network outside: clients, an exchange, a vendor.' });

const gateway = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), { message: `the id starts with ${prefix}-` });

export const linkSpec = z
  .strictObject({
    between: z.tuple([id, id]).describe('Ids of the two sites.'),
    kind: z
      .enum(['transit-gateway', 'virtual-private-gateway', 'direct-connect', 'private'])
      .describe('What joins the sites; `private` is a line between two sites on-prem.'),
    transitGateway: z
      .record(id, gateway('tgw'))
      .optional()
      .describe('Per cloud site, the id of the transit gateway to which its VPC is attached.'),
    virtualPrivateGateway: z.record(id, gateway('vgw')).optional().describe('Per cloud site, the id of the virtual private gateway.'),
    directConnectGateway: z
      .string()
      .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      .optional()
      .describe('Id of the Direct Connect gateway.'),
    prefixes: z.record(id, z.array(cidr).min(1)).describe('Per site, the blocks that it announces to the other.'),
    mtu: z.int().min(576).max(9_500).default(1_500).describe('Largest packet, in bytes.'),
    roundTripMilliseconds: z.number().positive().describe('Round trip, in milliseconds.'),
  })
  .meta({ id: 'Link', description: 'What joins two sites; without one nothing crosses.' });

/** A zone as it is after parsing, with every default. */
export type ZoneSpec = z.output<typeof zoneSpec>;
/** An endpoint after parsing. */
export type EndpointSpec = z.output<typeof endpointSpec>;
/** An external after parsing. */
export type ExternalSpec = z.output<typeof externalSpec>;
/** A link after parsing. */
export type LinkSpec = z.output<typeof linkSpec>;
