import { z } from 'zod';
import { address, availabilityZone, cidr, hostName, id, podLabels, port, resourceId, sentence } from '../core/schema';

/** Purposes of a zone. Each has a default trust level in `classification.ts`. */
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

/** Trust levels. At a cloud site, zones of different levels have different network ACLs. */
export const trustLevels = ['exposed', 'trading', 'post-trade', 'management'] as const;

/** Criticalities, highest first. */
export const criticalities = ['critical', 'high', 'standard'] as const;

/** Supported key algorithms of server certificates. */
export const keyAlgorithms = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ml-dsa-65', 'ml-dsa-87'] as const;

const arn = z.string().regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/, {
  message: 'a certificate must be the ARN of an ACM certificate',
});

export const backendSpec = z
  .strictObject({
    port: port.describe('Port on which every server listens.'),
    servers: z
      .record(id, z.record(id, address))
      .describe(
        'Servers per site, keyed by name. Each is an IPv4 address or a complete DNS name, of which the tier uses one address. On-prem, the DNS name is that of a Service.',
      ),
    podLabels: podLabels
      .optional()
      .describe(
        'On-prem: labels of the backend pods in the namespace of the zone. Required if servers at a site are DNS names of Services or addresses in the cluster, and without effect at other sites.',
      ),
    podPort: port.optional().describe('On-prem: port on which the backend pods listen. Default: the port of the backend.'),
    serverName: hostName
      .optional()
      .describe(
        "Server name (SNI) that the tier sends to the servers and verifies in their certificates. Default: the endpoint's first server name.",
      ),
    clientIdentity: z
      .enum(['none', 'proxy-v2'])
      .default('none')
      .describe(
        "How the tier passes the client's address and certificate name to the server: not at all, or with the PROXY protocol version 2.",
      ),
    plain: z
      .strictObject({ reason: sentence.describe('Reason why traffic between the tier and the backend may be unencrypted.') })
      .optional()
      .describe(
        'Disables TLS between the tier and the backend, with a stated reason. Default: the tier re-encrypts and verifies the server.',
      ),
  })
  .meta({ id: 'Backend', description: 'Servers behind an endpoint.' });

export const latencyBudgetSpec = z
  .strictObject({
    microseconds: z.int().min(1).describe('Maximum time that the tier may take for a handshake, in microseconds, including queueing.'),
    percentile: z.number().min(0.5).max(0.9999).default(0.99).describe('Fraction of handshakes that must meet the budget.'),
  })
  .meta({
    id: 'LatencyBudget',
    description: 'Time that the tier may take for a handshake. Default: 50,000 microseconds for 99% of handshakes.',
  });

/** Most concurrent sessions, and most new sessions per second, that a description may declare. */
export const mostSessions = 10_000_000;

const sessionCount = z.int().min(1).max(mostSessions);
const sessionRate = z.number().positive().max(mostSessions);

export const perExternalAddressSpec = z
  .strictObject({
    concurrentSessions: sessionCount
      .optional()
      .describe(
        'Maximum number of concurrent sessions of one address. Default: half of those of the endpoint, or all if the externals have one address only.',
      ),
    newSessionsPerSecond: sessionRate
      .optional()
      .describe(
        'Maximum rate of new connections of one address, per second, averaged over ten seconds. Default: half of the peak of the endpoint, or all of it if the externals have one address only.',
      ),
  })
  .meta({
    id: 'PerExternalAddress',
    description: 'Limits of an instance for each address of the externals that may connect to an endpoint.',
  });

export const endpointSpec = z
  .strictObject({
    port: port.describe('TCP port to which clients connect.'),
    serverNames: z
      .array(hostName)
      .min(1)
      .describe('DNS names (SNI) that clients may request; all others are rejected. The first is the name of the certificate.'),
    protocol: z
      .enum(['fix', 'https', 'grpc', 'tcp'])
      .describe('Application protocol inside TLS. Determines ALPN, timeouts and session draining.'),
    clientAuthentication: z
      .enum(['none', 'required'])
      .default('none')
      .describe('Whether clients must present a certificate issued by the client CA.'),
    keyAlgorithms: z
      .array(z.enum(keyAlgorithms))
      .min(1)
      .default(['ecdsa-p256'])
      .describe('Key algorithms of the certificates that the endpoint serves, at most one of each key type.'),
    peakNewSessionsPerSecond: sessionRate.optional().describe('Expected peak rate of new TLS sessions, per second and site. Default: 50.'),
    resumptionRatio: z.number().min(0).max(1).optional().describe('Fraction of new sessions that resume an earlier session. Default: 0.'),
    concurrentSessions: sessionCount
      .optional()
      .describe(
        'Maximum number of concurrent sessions, per site. Each instance refuses sessions beyond one and a half times this number, because clients that reconnect leave their old sessions open. Default: 20 for each new session per second at the peak, and at least 1,000.',
      ),
    perExternalAddress: perExternalAddressSpec.optional(),
    latencyBudget: latencyBudgetSpec.optional(),
    drainSeconds: z
      .int()
      .min(1)
      .max(3_600)
      .optional()
      .describe('Time that open sessions have to finish when an instance stops, in seconds. Default: 300 for FIX, 30 for other protocols.'),
    idleTimeoutSeconds: z
      .int()
      .min(60)
      .max(6_000)
      .default(350)
      .describe('Time without traffic after which a session is closed, in seconds.'),
    backend: backendSpec,
    managed: z
      .strictObject({
        certificates: z.record(id, arn).describe('ARN of the ACM certificate of the listener, per cloud site.'),
      })
      .optional()
      .describe(
        'At cloud sites, terminates TLS on the network load balancer instead of the tier. SNI checks, OCSP stapling and logs are weaker there.',
      ),
  })
  .meta({ id: 'Endpoint', description: 'One TLS service of a zone.' });

export const flowSpec = z
  .strictObject({
    endpoints: z
      .array(id)
      .min(1)
      .optional()
      .describe('Ids of the endpoints that the source may connect to. Default: every endpoint of the zone.'),
    scope: z
      .enum(['site', 'estate'])
      .default('site')
      .describe(
        '`site` allows connections from the source zone at the same site, `estate` also from linked sites. Has no effect on externals.',
      ),
    sites: z
      .array(id)
      .min(1)
      .optional()
      .describe('Ids of the sites between which the flow is allowed. Both ends must be at one of them. Default: all sites of both ends.'),
  })
  .meta({ id: 'Flow', description: 'Permission to connect to endpoints of a zone.' });

const subnetId = resourceId('subnet');

export const zoneAtSiteSpec = z
  .strictObject({
    cidr: cidr.optional().describe('Cloud: block of the zone. Default: the block of the site at the index given by slot.'),
    subnets: z

      .record(availabilityZone, z.strictObject({ balancer: subnetId, tier: subnetId }))
      .optional()
      .describe('Cloud, in an existing VPC: existing subnets of the load balancer and the tier, per availability zone.'),
    loadBalancerCidr: cidr
      .optional()
      .describe(
        "On-prem: addresses of the zone's load balancers. Default: the block of the site's loadBalancerCidr at the index given by slot.",
      ),
    egressCidr: cidr
      .optional()
      .describe(
        "On-prem: source addresses of the zone's connections that leave the cluster. Default: the block of the site's egressCidr at the index given by slot.",
      ),
  })
  .meta({ id: 'ZoneAtSite', description: 'Explicit addresses of a zone at one site.' });

export const zoneSpec = z
  .strictObject({
    purpose: z.enum(purposes).describe('Purpose of the zone.'),
    criticality: z.enum(criticalities).describe('Criticality of the zone. Determines deletion protection and pod priority.'),
    trustLevel: z
      .enum(trustLevels)
      .optional()
      .describe('Trust level of the zone. Zones of one level share a network ACL. Default: by purpose.'),
    sites: z.array(id).min(1).describe('Ids of the sites where the zone exists.'),
    slot: z
      .int()
      .min(0)
      .max(4_095)
      .describe("Index of the zone's address block at every site. Adding or removing a zone does not change the blocks of other zones."),
    profile: id.default('strict').describe('Name of the TLS profile.'),
    acceleration: z
      .enum(['auto', 'hardware', 'software'])
      .default('auto')
      .describe('Whether hardware accelerates TLS handshakes. `auto` decides with the sizing model and records the reason.'),
    pinnedCpus: z.boolean().default(false).describe('Whether instances get exclusive CPU cores.'),
    endpoints: z.record(id, endpointSpec).default({}).describe('TLS services, keyed by id.'),
    allowFrom: z
      .record(id, flowSpec)
      .default({})
      .describe('Flows that the zone allows, keyed by the id of the source zone or external. All other connections are denied.'),
    at: z.record(id, zoneAtSiteSpec).default({}).describe('Explicit addresses, keyed by site.'),
  })
  .meta({ id: 'Zone', description: 'A network segment with one purpose, one criticality and one TLS profile.' });

export const externalSpec = z
  .strictObject({
    cidrs: z.array(cidr).min(1).describe('IPv4 blocks of the network.'),
    sites: z.array(id).min(1).optional().describe('Ids of the sites where its traffic arrives. Default: all sites.'),
  })
  .meta({ id: 'External', description: 'A network outside the estate, such as clients, an exchange or a vendor.' });

export const linkSpec = z
  .strictObject({
    between: z.tuple([id, id]).describe('Ids of the two sites.'),
    kind: z
      .enum(['transit-gateway', 'virtual-private-gateway', 'direct-connect', 'private'])
      .describe('Kind of connection. `private` is a line between two on-prem sites.'),
    transitGateway: z
      .record(id, resourceId('tgw'))
      .optional()
      .describe('Id of the transit gateway to which the VPC is attached, per cloud site.'),
    virtualPrivateGateway: z.record(id, resourceId('vgw')).optional().describe('Id of the virtual private gateway, per cloud site.'),
    directConnectGateway: z
      .string()
      .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'the id of a Direct Connect gateway must be a UUID' })
      .optional()
      .describe('Id of the Direct Connect gateway.'),
    prefixes: z.record(id, z.array(cidr).min(1)).describe('Blocks that each site announces to the other, per site.'),
    mtu: z.int().min(576).max(9_500).default(1_500).describe('Maximum transmission unit, in bytes.'),
    roundTripMilliseconds: z.number().positive().describe('Round-trip time, in milliseconds.'),
  })
  .meta({ id: 'Link', description: 'A network connection between two sites. Sites without a link cannot reach each other.' });

/** A zone after parsing, with all defaults applied. */
export type ZoneSpec = z.output<typeof zoneSpec>;
/** A flow after parsing, with all defaults applied. */
export type FlowSpec = z.output<typeof flowSpec>;
/** An endpoint after parsing, with all defaults applied. */
export type EndpointSpec = z.output<typeof endpointSpec>;
/** An external after parsing, with all defaults applied. */
export type ExternalSpec = z.output<typeof externalSpec>;
/** A link after parsing, with all defaults applied. */
export type LinkSpec = z.output<typeof linkSpec>;
