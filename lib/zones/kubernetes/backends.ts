import { isAddress } from '../../core/addresses';
import { tierSelector } from '../../core/labels';
import type { EndpointPlan, OnPremZonePlan } from '../plan-schema';
import { type Allowance, addresses, labelled, type Peer } from './policy';

function backendPeers({ backend }: EndpointPlan): Peer[] {
  const numbered = backend.servers.filter(({ address }) => isAddress(address));
  return [
    ...addresses(numbered.map(({ address }) => `${address}/32`)),
    ...(backend.podLabels ? [{ podSelector: labelled(backend.podLabels) }] : []),
  ];
}

/** From a zone's tier to the servers behind an endpoint, and into those of them that are pods of the zone. */
export function backendAllowances(zone: OnPremZonePlan): Allowance[] {
  const tier = labelled(tierSelector(zone.id));
  return zone.endpoints.flatMap((endpoint): Allowance[] => {
    const { id, backend } = endpoint;
    const ports = [{ port: backend.port, protocol: 'TCP' }] as const;
    const outward: Allowance = { name: `backend-egress.${id}`, pods: tier, direction: 'egress', peers: backendPeers(endpoint), ports };
    if (!backend.podLabels) return [outward];
    const pods = labelled(backend.podLabels);
    return [outward, { name: `backend-ingress.${id}`, pods, direction: 'ingress', peers: [{ podSelector: tier }], ports }];
  });
}
