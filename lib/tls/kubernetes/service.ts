import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { Construct } from 'constructs';
import { compareCidrs } from '../../core/addresses';
import { objectLabels, tierSelector } from '../../core/labels';
import type { EndpointPlan, OnPremZonePlan } from '../../zones/plan-schema';
import type { TierContext } from './context';
import { endpointName } from './context';

/** Who may come in through the balancer: pods of this cluster keep their own addresses on the way to it. */
export function sourceRanges(zone: OnPremZonePlan, endpoint: string, podCidr: string): string[] {
  const flows = zone.inbound.filter((flow) => flow.endpoint === endpoint);
  const ranges = flows.flatMap(({ location, cidrs }) => (location === 'same-site' ? [podCidr] : cidrs));
  return [...new Set(ranges)].sort(compareCidrs);
}

/** All endpoints of a zone share its one address, which balancers grant to Services of the same pods. */
function balancerAnnotations(zone: OnPremZonePlan): Record<string, string> {
  return {
    'metallb.io/loadBalancerIPs': zone.addresses.loadBalancerAddress,
    'metallb.io/allow-shared-ip': zone.id,
  };
}

/** The balancer in front of an endpoint; none where nobody may connect, since a Service without ranges admits everyone. */
export function endpointService(scope: Construct, { site, zone }: TierContext, endpoint: EndpointPlan): ServiceV1 | undefined {
  const ranges = sourceRanges(zone, endpoint.id, site.podCidr);
  if (ranges.length === 0) return undefined;
  return new ServiceV1(scope, `service_${endpoint.id}`, {
    metadata: {
      name: endpointName(endpoint.id),
      namespace: site.namespace(zone.id),
      labels: objectLabels(site.estate, zone.id),
      annotations: balancerAnnotations(zone),
    },
    spec: {
      type: 'LoadBalancer',
      selector: tierSelector(zone.id),
      // Clients keep their addresses, and no node takes what it would have to pass on.
      externalTrafficPolicy: 'Local',
      // Ports of nodes would be a way around the source ranges.
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: ranges,
      port: [{ port: endpoint.port, targetPort: String(endpoint.port), protocol: 'TCP' }],
    },
    waitForLoadBalancer: false,
    timeouts: { create: '2m' },
  });
}
