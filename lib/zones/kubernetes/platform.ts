import { tierSelector } from '../../core/labels';
import type { PlatformFlow } from '../../core/scope/kubernetes';
import type { OnPremZonePlan } from '../plan-schema';
import { type Allowance, addresses, labelled, type Peer, podsOf } from './policy';

function platformPeers({ namespace, podLabels, cidrs }: PlatformFlow): Peer[] {
  return [...(namespace === undefined ? [] : [podsOf(namespace, podLabels && labelled(podLabels))]), ...addresses(cidrs ?? [])];
}

/** What the platform itself needs of a zone's tier: name resolution, metrics, logs. */
export function platformAllowances(zone: OnPremZonePlan, flows: readonly PlatformFlow[]): Allowance[] {
  if (zone.endpoints.length === 0) return [];
  return flows.map((flow) => ({
    name: `platform-${flow.direction}.${flow.id}`,
    pods: labelled(tierSelector(zone.id)),
    direction: flow.direction,
    peers: platformPeers(flow),
    ports: flow.ports,
  }));
}
