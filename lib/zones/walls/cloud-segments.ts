import { contains, isAddress } from '../../core/addresses';
import type { CloudZonePlan, EndpointPlan, LinkPlan } from '../plan-schema';

/** A flow of the platform at a cloud site, as planned. */
export interface CloudPlatformFlow {
  readonly id: string;
  readonly direction: 'egress' | 'ingress';
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
  readonly service?: 'interface-endpoints' | 's3';
  readonly cidrs?: readonly string[];
}

/** The part of a cloud site's plan from which the rules of its walls follow. */
export interface CloudSegments {
  readonly id: string;
  readonly cidr: string;
  readonly vpc?: object;
  readonly s3: { readonly prefixList: string; readonly cidrs: readonly string[] };
  readonly endpointSubnets: readonly { readonly cidr: string }[];
  readonly platformFlows: readonly CloudPlatformFlow[];
  readonly zones: readonly CloudZonePlan[];
}

/** Whether a zone has an endpoint whose TLS its tier ends. */
export function hasTier(zone: CloudZonePlan): boolean {
  return zone.endpoints.some(({ managedCertificate }) => managedCertificate === undefined);
}

/** The role that opens connections to an endpoint's backend: the balancer itself where its own listener ends TLS. */
export function backendClient(endpoint: EndpointPlan): 'balancer' | 'tier' {
  return endpoint.managedCertificate === undefined ? 'tier' : 'balancer';
}

/** Addresses of an endpoint's backend outside its zone; servers known by name are the zone's own workloads. */
export function foreignServers(zone: CloudZonePlan, endpoint: EndpointPlan): string[] {
  return endpoint.backend.servers
    .map(({ address }) => address)
    .filter((address) => isAddress(address) && !contains(zone.addresses.cidr, `${address}/32`))
    .map((address) => `${address}/32`);
}

/** Whether a server of an endpoint's backend is one of the zone's own workloads. */
export function hasOwnServers(zone: CloudZonePlan, endpoint: EndpointPlan): boolean {
  return endpoint.backend.servers.length > foreignServers(zone, endpoint).length;
}

/** The blocks that the other site of a link announces to this one. */
export function announcedTo(siteId: string, link: LinkPlan): string[] {
  return link.sites.filter((site) => site !== siteId).flatMap((site) => link.prefixes[site] ?? []);
}
