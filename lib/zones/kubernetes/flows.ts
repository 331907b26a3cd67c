import { groupBy } from '../../core/group';
import { tierSelector } from '../../core/labels';
import type { InboundFlowPlan, OnPremZonePlan, OutboundFlowPlan } from '../plan-schema';
import { addresses, labelled, type NetworkPolicyRule, type Pods, podsOf, workloads } from './network-policy';

/** Name of a zone's namespace on this site's cluster. */
export type NamespaceOf = (zone: string) => string;

/** The end of a flow that is not the zone's own. */
interface Remote {
  readonly zone: string;
  /** Absent where it stands at this site, or is an external. */
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

/** Ids hold no dot, so that no two remotes share a name. */
const nameOf = ({ zone, site }: Remote): string => (site === undefined ? zone : `${zone}.${site}`);

/** One rule for all the ports of one remote. */
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

/** What may come in to a zone's tier, one rule a source and the site it comes from. */
export function inboundRules(zone: OnPremZonePlan, namespaceOf: NamespaceOf): NetworkPolicyRule[] {
  const common = { direction: 'ingress', pods: labelled(tierSelector(zone.id)) } as const;
  return policyRules(zone.inbound.map(source), common, namespaceOf, () => workloads);
}

/** Where a zone's workloads may connect to, one rule a target and the site it stands at. */
export function outboundRules(zone: OnPremZonePlan, namespaceOf: NamespaceOf): NetworkPolicyRule[] {
  const common = { direction: 'egress', pods: workloads } as const;
  return policyRules(zone.outbound.map(target), common, namespaceOf, (other) => labelled(tierSelector(other)));
}
