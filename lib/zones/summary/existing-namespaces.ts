import { byCodeUnit } from '../../core/order';
import type { OnPremZonePlan } from '../plan-schema';
import type { PlannedOnPremSite, PlannedPlatformFlow } from '../walls/planned-site';

function platform(flows: readonly PlannedPlatformFlow[], direction: PlannedPlatformFlow['direction']): string[] {
  return flows
    .filter((flow) => flow.pods === 'all' && flow.direction === direction)
    .map(({ id, ports }) => `${id} of the platform (${ports.map(({ port, protocol }) => `${protocol} ${port}`).join(', ')})`);
}

function targets(zone: OnPremZonePlan, flows: readonly PlannedPlatformFlow[]): string[] {
  const endpoints = zone.outbound.map(({ target, endpoint, targetSite }) => `${target}/${endpoint} at ${targetSite}`);
  return [...platform(flows, 'egress'), ...endpoints.sort(byCodeUnit)];
}

function sources(zone: OnPremZonePlan, flows: readonly PlannedPlatformFlow[]): string[] {
  const backends = zone.endpoints.flatMap(({ backend: { port, podPort = port, podLabels } }) => {
    const labels = Object.entries(podLabels ?? {}).map(([key, value]) => `${key}=${value}`);
    return podLabels ? [`the tier of the zone on port ${podPort}, for pods with ${labels.join(', ')}`] : [];
  });
  return [...platform(flows, 'ingress'), ...backends];
}

/**
 * Says for every existing namespace which connections of its pods the network policies leave, because default deny also applies to pods
 * that run there before the first deployment.
 */
export function existingNamespacePreconditions({ zones, platformFlows }: PlannedOnPremSite): string[] {
  return zones.map((zone) => {
    const outward = targets(zone, platformFlows).join(', ') || 'nothing';
    const inward = sources(zone, platformFlows).join('; ') || 'nobody';
    return `Every pod of namespace ${zone.id}, including those that run there now, may connect only to ${outward}, and accepts connections only from ${inward}: default deny cuts all other connections as soon as it is deployed. \`kubectl get pods --namespace ${zone.id}\` lists these pods.`;
  });
}
