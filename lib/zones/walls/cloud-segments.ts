import { contains, isAddress } from '../../core/addresses';
import type { CloudZonePlan, EndpointPlan, LinkPlan } from '../plan-schema';

/** Services that tiers reach through interface endpoints of the VPC, by the last part of `com.amazonaws.<region>.<name>`. */
export const interfaceServices = [
  'acm-pca',
  'autoscaling',
  'cloudformation',
  'ecr.api',
  'ecr.dkr',
  'kms',
  'logs',
  'monitoring',
  'secretsmanager',
  'ssm',
  'ssmmessages',
  'sts',
] as const;

export type InterfaceService = (typeof interfaceServices)[number];

/** Plan of a platform flow at a cloud site. */
export interface CloudPlatformFlow {
  readonly id: string;
  readonly direction: 'egress' | 'ingress';
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
  readonly service?: 'interface-endpoints' | 's3';
  readonly cidrs?: readonly string[];
}

/** Properties of a cloud site's plan that determine its security group rules and network ACLs. */
export interface CloudSegments {
  readonly id: string;
  readonly cidr: string;
  readonly vpc?: object;
  readonly s3: { readonly prefixList: string; readonly cidrs: readonly string[] };
  readonly endpointSubnets: readonly { readonly cidr: string }[];
  readonly platformFlows: readonly CloudPlatformFlow[];
  readonly zones: readonly CloudZonePlan[];
}

/** Whether a zone needs a tier: at least one endpoint is not served by a managed listener. */
export function hasTier(zone: CloudZonePlan): boolean {
  return zone.endpoints.some(({ managedCertificate }) => managedCertificate === undefined);
}

/** Role that connects to an endpoint's backend: the load balancer for a managed listener, otherwise the tier. */
export function backendClient(endpoint: EndpointPlan): 'balancer' | 'tier' {
  return endpoint.managedCertificate === undefined ? 'tier' : 'balancer';
}

/** Addresses of backend servers outside the zone's block. Servers with DNS names count as workloads of the zone. */
export function foreignServers(zone: CloudZonePlan, endpoint: EndpointPlan): string[] {
  return endpoint.backend.servers
    .map(({ address }) => address)
    .filter((address) => isAddress(address) && !contains(zone.addresses.cidr, `${address}/32`))
    .map((address) => `${address}/32`);
}

/** Whether at least one backend server of an endpoint is a workload of the zone. */
export function hasOwnServers(zone: CloudZonePlan, endpoint: EndpointPlan): boolean {
  return endpoint.backend.servers.length > foreignServers(zone, endpoint).length;
}

/** Blocks that the other site of a link announces to this site. */
export function announcedTo(siteId: string, link: LinkPlan): string[] {
  return link.sites.filter((site) => site !== siteId).flatMap((site) => link.prefixes[site] ?? []);
}
