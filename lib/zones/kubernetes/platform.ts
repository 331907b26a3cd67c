import { tierSelector } from '../../core/labels';
import type { PlatformFlow } from '../../core/scope/kubernetes';
import type { OnPremZonePlan } from '../plan-schema';
import { addresses, labelled, type NetworkPolicyRule, type Peer, podsOf } from './network-policy';

function platformPeers({ namespace, podLabels, cidrs }: PlatformFlow): Peer[] {
  return [...(namespace === undefined ? [] : [podsOf(namespace, podLabels && labelled(podLabels))]), ...addresses(cidrs ?? [])];
}

/** Rules for platform flows: DNS for all pods of a zone, metrics and logs for its tier. */
export function platformRules(zone: OnPremZonePlan, flows: readonly PlatformFlow[]): NetworkPolicyRule[] {
  const tier = labelled(tierSelector(zone.id));
  return flows
    .filter(({ pods }) => pods === 'all' || zone.endpoints.length > 0)
    .map((flow) => ({
      name: `platform-${flow.direction}.${flow.id}`,
      pods: flow.pods === 'all' ? {} : tier,
      direction: flow.direction,
      peers: platformPeers(flow),
      ports: flow.ports,
    }));
}
