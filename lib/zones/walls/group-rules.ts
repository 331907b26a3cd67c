import type { GroupRole } from '../../core/labels';
import { byCodeUnit } from '../../core/order';
import { healthPort } from '../../core/ports';
import type { CloudZonePlan } from '../plan-schema';
import { backendClient, type CloudSegments, foreignServers, hasOwnServers, hasTier } from './cloud-segments';
import type { Protocol } from './rule-set';

/** Security group rules of a cloud site. Peers in the VPC are security groups, all others are address blocks. */

/** A security group: of a role of a zone, of the interface endpoints, or the platform group that all tier instances have. */
export type GroupReference =
  | { readonly kind: 'zone'; readonly zone: string; readonly role: GroupRole }
  | { readonly kind: 'endpoints' }
  | { readonly kind: 'platform' };

/** Peer of a security group rule. */
export type RulePeer =
  | GroupReference
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'prefix-list'; readonly prefixList: string };

export interface GroupRule {
  /** Unique at the site. Independent of all other rules. */
  readonly id: string;
  readonly owner: GroupReference;
  readonly direction: 'ingress' | 'egress';
  readonly peer: RulePeer;
  readonly protocol: Protocol;
  readonly fromPort: number;
  readonly toPort: number;
  /** Description of the rule, in characters that EC2 allows. */
  readonly description: string;
}

export function groupName(peer: RulePeer): string {
  if (peer.kind === 'zone') return `${peer.zone}.${peer.role}`;
  if (peer.kind === 'cidr') return peer.cidr;
  return peer.kind === 'prefix-list' ? peer.prefixList : peer.kind;
}

export function groupRule(
  owner: GroupReference,
  direction: GroupRule['direction'],
  peer: RulePeer,
  port: number,
  protocol: Protocol = 'TCP',
): GroupRule {
  const [self, other] = [groupName(owner), groupName(peer)];
  const toward = direction === 'ingress' ? 'from' : 'to';
  return {
    id: `${self} ${direction} ${protocol.toLowerCase()}/${port} ${toward} ${other}`,
    owner,
    direction,
    peer,
    protocol,
    fromPort: port,
    toPort: port,
    description: direction === 'ingress' ? `${self} accepts ${other} on ${port}` : `${self} opens to ${other} on ${port}`,
  };
}

/** The egress and the ingress rule of a connection between two groups. */
function connection(from: GroupReference, to: GroupReference, port: number, protocol: Protocol = 'TCP'): [GroupRule, GroupRule] {
  return [groupRule(from, 'egress', to, port, protocol), groupRule(to, 'ingress', from, port, protocol)];
}

const group = (zone: string, role: GroupRole): GroupReference => ({ kind: 'zone', zone, role });

function inboundRules({ id, inbound }: CloudZonePlan): GroupRule[] {
  const balancer = group(id, 'balancer');
  return inbound.flatMap(({ source, location, port, cidrs }) =>
    location === 'same-site'
      ? connection(group(source, 'workload'), balancer, port)
      : cidrs.map((cidr) => groupRule(balancer, 'ingress', { kind: 'cidr', cidr }, port)),
  );
}

function outboundRules({ id, outbound }: CloudZonePlan): GroupRule[] {
  return outbound
    .filter(({ location }) => location === 'linked-site')
    .flatMap(({ port, cidrs }) => cidrs.map((cidr) => groupRule(group(id, 'workload'), 'egress', { kind: 'cidr', cidr }, port)));
}

function tierRules(zone: CloudZonePlan): GroupRule[] {
  if (!hasTier(zone)) return [];
  const ports = zone.endpoints.filter(({ managedCertificate }) => managedCertificate === undefined).map(({ port }) => port);
  return [...ports, healthPort].flatMap((port) => connection(group(zone.id, 'balancer'), group(zone.id, 'tier'), port));
}

function backendRules(zone: CloudZonePlan): GroupRule[] {
  return zone.endpoints.flatMap((endpoint) => {
    const client = group(zone.id, backendClient(endpoint));
    const { port } = endpoint.backend;
    return [
      ...(hasOwnServers(zone, endpoint) ? connection(client, group(zone.id, 'workload'), port) : []),
      ...foreignServers(zone, endpoint).map((cidr) => groupRule(client, 'egress', { kind: 'cidr', cidr }, port)),
    ];
  });
}

function platformRules(site: CloudSegments): GroupRule[] {
  const platform: GroupReference = { kind: 'platform' };
  const endpoints: GroupReference = { kind: 'endpoints' };
  return site.platformFlows.flatMap(({ direction, ports, service, cidrs = [] }) =>
    ports.flatMap(({ port, protocol }): GroupRule[] => {
      if (service === 's3') return [groupRule(platform, 'egress', { kind: 'prefix-list', prefixList: site.s3.prefixList }, port, protocol)];
      if (service === 'interface-endpoints') {
        const [open, accept] = connection(platform, endpoints, port, protocol);
        // Diptych does not manage the security group of an existing VPC's endpoints, so access for tiers is a precondition.
        return site.vpc ? [open] : [open, accept];
      }
      return cidrs.map((cidr) => groupRule(platform, direction, { kind: 'cidr', cidr }, port, protocol));
    }),
  );
}

/** All security group rules of a cloud site, without duplicates, sorted by id. */
export function groupRules(site: CloudSegments): GroupRule[] {
  const rules = [
    ...platformRules(site),
    ...site.zones.flatMap((zone) => [...inboundRules(zone), ...outboundRules(zone), ...tierRules(zone), ...backendRules(zone)]),
  ];
  return [...new Map(rules.map((each) => [each.id, each])).values()].sort((one, other) => byCodeUnit(one.id, other.id));
}
