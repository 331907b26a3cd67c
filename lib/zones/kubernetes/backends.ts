import { isAddress } from '../../core/addresses';
import { tierSelector } from '../../core/labels';
import type { OnPremZonePlan } from '../plan-schema';
import { addresses, labelled, type NetworkPolicyRule, type Peer, type Pods, type Port, workloads } from './network-policy';

function tcp(port: number): readonly Port[] {
  return [{ port, protocol: 'TCP' }];
}

function backendIngress(id: string, pods: Pods, tier: Pods, port: number): NetworkPolicyRule {
  return { name: `backend-ingress.${id}`, pods, direction: 'ingress', peers: [{ podSelector: tier }], ports: tcp(port) };
}

/** Rules for egress from a zone's tier to its backend servers, and for ingress to backend pods in the zone. */
export function backendRules(zone: OnPremZonePlan): NetworkPolicyRule[] {
  const tier = labelled(tierSelector(zone.id));
  return zone.endpoints.flatMap(({ id, backend }): NetworkPolicyRule[] => {
    const { port, podPort = port, servers, podLabels } = backend;
    const numbered = servers.filter(({ address }) => isAddress(address));
    const outside = addresses(numbered.map(({ address }) => `${address}/32`));
    // A workload that has the labels of a backend besides those of a tier is part of the tier.
    const pods = podLabels && { ...labelled(podLabels), ...workloads };
    const inside = pods ? [{ podSelector: pods }] : [];
    const outward = (name: string, peers: Peer[], to: number): NetworkPolicyRule => ({
      name,
      pods: tier,
      direction: 'egress',
      peers,
      ports: tcp(to),
    });
    return [
      ...(podPort === port
        ? [outward(`backend-egress.${id}`, [...outside, ...inside], port)]
        : [outward(`backend-egress.${id}`, outside, port), outward(`backend-pods-egress.${id}`, inside, podPort)]),
      ...(pods ? [backendIngress(id, pods, tier, podPort)] : []),
    ];
  });
}
