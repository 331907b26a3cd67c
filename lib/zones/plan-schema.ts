import { z } from 'zod';
import { groupRoles } from '../core/labels';
import { criticalities, keyAlgorithms, purposes, trustLevels } from './spec';

/** Schema of the plan of a zone at one site, and of externals and links. */

export const serverPlan = z.object({ name: z.string(), address: z.string() }).meta({ id: 'ServerPlan' });

export const backendPlan = z
  .object({
    port: z.number(),
    servers: z.array(serverPlan).describe('Servers at this site, by name.'),
    podLabels: z.record(z.string(), z.string()).optional(),
    /** Port on which the pods listen. Absent if it is the port of the backend. */
    podPort: z.number().optional(),
    /** Absent if the connection is unencrypted. */
    serverName: z.string().optional(),
    plainReason: z.string().optional(),
    clientIdentity: z.enum(['none', 'proxy-v2']),
  })
  .meta({ id: 'BackendPlan' });

export const endpointPlan = z
  .object({
    id: z.string(),
    port: z.number(),
    serverNames: z.array(z.string()),
    protocol: z.enum(['fix', 'https', 'grpc', 'tcp']),
    clientAuthentication: z.enum(['none', 'required']),
    keyAlgorithms: z.array(z.enum(keyAlgorithms)),
    peakNewSessionsPerSecond: z.number(),
    resumptionRatio: z.number(),
    concurrentSessions: z.number(),
    /** Limits for each address of the externals that may connect at any site. Absent if no external may. */
    perExternalAddress: z
      .object({
        /** Blocks of the externals. */
        cidrs: z.array(z.string()),
        concurrentSessions: z.number(),
        newSessionsPerSecond: z.number(),
      })
      .optional(),
    /** Attributes of the load that the description leaves out. */
    assumed: z.array(z.enum(['peakNewSessionsPerSecond', 'resumptionRatio', 'concurrentSessions', 'latencyBudget'])).optional(),
    latencyBudget: z.object({ microseconds: z.number(), percentile: z.number() }),
    drainSeconds: z.number(),
    idleTimeoutSeconds: z.number(),
    backend: backendPlan,
    /** ARN of the certificate of the managed listener. Absent if the tier terminates TLS. */
    managedCertificate: z.string().optional(),
  })
  .meta({ id: 'EndpointPlan' });

/** Location of the remote end of a flow, as seen from this site. */
const peerLocation = z.enum(['same-site', 'linked-site', 'external']);

export const inboundFlowPlan = z
  .object({
    /** Id of the source zone or external. */
    source: z.string(),
    location: peerLocation,
    /** Id of the source site. Absent for an external. */
    sourceSite: z.string().optional(),
    link: z.string().optional(),
    endpoint: z.string(),
    port: z.number(),
    /** Source addresses. Empty for a zone at the same site, which a pod selector or security group identifies. */
    cidrs: z.array(z.string()),
  })
  .meta({ id: 'InboundFlowPlan' });

export const outboundFlowPlan = z
  .object({
    /** Id of the target zone. */
    target: z.string(),
    location: z.enum(['same-site', 'linked-site']),
    targetSite: z.string(),
    link: z.string().optional(),
    endpoint: z.string(),
    port: z.number(),
    /** Destination addresses. Empty for a zone at the same site. */
    cidrs: z.array(z.string()),
  })
  .meta({ id: 'OutboundFlowPlan' });

export const cloudZoneAddresses = z
  .object({
    kind: z.literal('cloud'),
    cidr: z.string(),
    /** Sorted by availability zone. Existing subnets have an `id`, others a `cidr`. */
    subnets: z.array(
      z.object({
        availabilityZone: z.string(),
        balancer: z.object({ cidr: z.string().optional(), id: z.string().optional() }),
        tier: z.object({ cidr: z.string().optional(), id: z.string().optional() }),
      }),
    ),
  })
  .meta({ id: 'CloudZoneAddresses' });

export const onPremZoneAddresses = z
  .object({
    kind: z.literal('on-prem'),
    loadBalancerCidr: z.string(),
    /** Load balancer address, shared by all endpoints of the zone. */
    loadBalancerAddress: z.string(),
    egressCidr: z.string().optional(),
  })
  .meta({ id: 'OnPremZoneAddresses' });

const zone = {
  id: z.string(),
  purpose: z.enum(purposes),
  criticality: z.enum(criticalities),
  trustLevel: z.enum(trustLevels),
  slot: z.number(),
  /** Sorted by id. */
  endpoints: z.array(endpointPlan),
  /** Sorted by source, site of the source, endpoint. */
  inbound: z.array(inboundFlowPlan),
  /** Sorted by target, site of the target, endpoint. */
  outbound: z.array(outboundFlowPlan),
};

export const cloudZonePlan = z.object({ ...zone, addresses: cloudZoneAddresses }).meta({ id: 'CloudZonePlan' });
export const onPremZonePlan = z.object({ ...zone, addresses: onPremZoneAddresses }).meta({ id: 'OnPremZonePlan' });

const protocol = z.enum(['TCP', 'UDP']);

/** A security group: of a role of a zone, of the interface endpoints, or the one that every instance of a tier has as well. */
const groupReference = [
  z.object({ kind: z.literal('zone'), zone: z.string(), role: z.enum(groupRoles) }),
  z.object({ kind: z.literal('endpoints') }),
  z.object({ kind: z.literal('platform') }),
] as const;

const rulePeer = z
  .discriminatedUnion('kind', [
    ...groupReference,
    z.object({ kind: z.literal('cidr'), cidr: z.string() }),
    z.object({ kind: z.literal('prefix-list'), prefixList: z.string() }),
  ])
  .meta({ id: 'RulePeer' });

const securityGroupRules = z.array(z.object({ peer: rulePeer, protocol, port: z.number() }));

export const securityGroupPlan = z
  .object({ owner: z.discriminatedUnion('kind', groupReference), egress: securityGroupRules, ingress: securityGroupRules })
  .meta({ id: 'SecurityGroupPlan' });

/** Allows traffic; everything else meets the default deny of the network ACL. */
const networkAclEntry = z.object({ ruleNumber: z.number(), cidr: z.string(), protocol, fromPort: z.number(), toPort: z.number() });

export const networkAclPlan = z
  .object({
    bucket: z.number(),
    trustLevel: z.enum(trustLevels),
    /** Ids of the zones whose subnets are associated with it. */
    zones: z.array(z.string()),
    /** Sorted by rule number. */
    ingress: z.array(networkAclEntry),
    egress: z.array(networkAclEntry),
  })
  .meta({ id: 'NetworkAclPlan' });

export const wallsPlan = z
  .object({ securityGroups: z.array(securityGroupPlan), networkAcls: z.array(networkAclPlan) })
  .meta({ id: 'WallsPlan', description: 'Every security group rule and network ACL entry of a cloud site.' });

export const externalPlan = z
  .object({ id: z.string(), cidrs: z.array(z.string()), sites: z.array(z.string()) })
  .meta({ id: 'ExternalPlan' });

export const linkPlan = z
  .object({
    id: z.string(),
    sites: z.tuple([z.string(), z.string()]),
    kind: z.enum(['transit-gateway', 'virtual-private-gateway', 'direct-connect', 'private']),
    transitGateway: z.record(z.string(), z.string()),
    virtualPrivateGateway: z.record(z.string(), z.string()),
    directConnectGateway: z.string().optional(),
    prefixes: z.record(z.string(), z.array(z.string())),
    mtu: z.number(),
    roundTripMilliseconds: z.number(),
  })
  .meta({ id: 'LinkPlan' });

export type BackendPlan = z.infer<typeof backendPlan>;
export type EndpointPlan = z.infer<typeof endpointPlan>;
export type InboundFlowPlan = z.infer<typeof inboundFlowPlan>;
export type OutboundFlowPlan = z.infer<typeof outboundFlowPlan>;
export type CloudZonePlan = z.infer<typeof cloudZonePlan>;
export type OnPremZonePlan = z.infer<typeof onPremZonePlan>;
export type ZonePlan = CloudZonePlan | OnPremZonePlan;
export type ExternalPlan = z.infer<typeof externalPlan>;
export type LinkPlan = z.infer<typeof linkPlan>;
export type SecurityGroupPlan = z.infer<typeof securityGroupPlan>;
export type NetworkAclPlan = z.infer<typeof networkAclPlan>;
export type WallsPlan = z.infer<typeof wallsPlan>;
