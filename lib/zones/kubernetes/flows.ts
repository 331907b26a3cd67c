import { groupBy } from '../../core/group';
import { tierSelector } from '../../core/labels';
import type { InboundFlowPlan, OnPremZonePlan, OutboundFlowPlan } from '../plan-schema';
import { addresses, labelled, type NetworkPolicyRule, type Pods, podsOf, workloads } from './network-policy';

/** Returns the namespace of a zone on this site's cluster. */
export type NamespaceOf = (zone: string) => string;

/** The remote end of a flow, as seen from a zone. */
interface Remote {
  readonly zone: string;
  /** Absent for a zone at this site and for an external. */
  readonly site?: string;
  readonly sameSite: boolean;
  readonly port: number;
  readonly cidrs: readonly string[];
}

function source({ source, sourceSite, location, port, cidrs }: InboundFlowPlan): Remote {
  return { zone: source, ...(location === 'linked-site' && { site: sourceSite }), sameSite: location === 'same-site', port, cidrs };
}

function target({ target, targetSite, location, port, cidrs }: OutboundFlowPlan): Remote {
  return { zone: target, ...(location === 'linked-site' && { site: targetSite }), sameSite: location === 'same-site', port, cidrs };
}

/** Unique name of a remote, because ids contain no dot. */
const nameOf = ({ zone, site }: Remote): string => (site === undefined ? zone : `${zone}.${site}`);

/** Combines all ports of each remote in one rule. */
function policyRules(
  remotes: readonly Remote[],
  common: Pick<NetworkPolicyRule, 'direction' | 'pods'>,
  namespaceOf: NamespaceOf,
  podsAt: (zone: string) => Pods,
): NetworkPolicyRule[] {
  return [...groupBy(remotes, nameOf)].map(([name, same]) => ({
    ...common,
    name: `${common.direction}.${name}`,
    peers: same.some(({ sameSite }) => sameSite)
      ? [podsOf(namespaceOf(name), podsAt(name))]
      : addresses(same.flatMap(({ cidrs }) => cidrs)),
    ports: same.map(({ port }) => ({ port, protocol: 'TCP' })),
  }));
}

/** Ingress rules of a zone's tier, one per source and source site. */
export function inboundRules(zone: OnPremZonePlan, namespaceOf: NamespaceOf): NetworkPolicyRule[] {
  const common = { direction: 'ingress', pods: labelled(tierSelector(zone.id)) } as const;
  return policyRules(zone.inbound.map(source), common, namespaceOf, () => workloads);
}

/** Egress rules of a zone's workloads, one per target and target site. */
export function outboundRules(zone: OnPremZonePlan, namespaceOf: NamespaceOf): NetworkPolicyRule[] {
  const common = { direction: 'egress', pods: workloads } as const;
  return policyRules(zone.outbound.map(target), common, namespaceOf, (other) => labelled(tierSelector(other)));
}
