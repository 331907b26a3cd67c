import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { Construct } from 'constructs';
import { compareCidrs } from '../../core/addresses';
import { objectLabels, tierSelector } from '../../core/labels';
import type { EndpointPlan, OnPremZonePlan } from '../../zones/plan-schema';
import type { TierContext } from './context';
import { endpointName } from './context';

/** CIDRs that may connect to an endpoint through the load balancer. Clients of the same site are pods, which keep their pod addresses. */
export function sourceRanges(zone: OnPremZonePlan, endpoint: string, podCidr: string): string[] {
  const flows = zone.inbound.filter((flow) => flow.endpoint === endpoint);
  const ranges = flows.flatMap(({ location, cidrs }) => (location === 'same-site' ? [podCidr] : cidrs));
  return [...new Set(ranges)].sort(compareCidrs);
}

/** MetalLB annotations that let all endpoints of a zone share one address. @see https://metallb.io/usage/#ip-address-sharing */
function balancerAnnotations(zone: OnPremZonePlan): Record<string, string> {
  return {
    'metallb.io/loadBalancerIPs': zone.addresses.loadBalancerAddress,
    'metallb.io/allow-shared-ip': zone.id,
  };
}

/** The load balancer Service of an endpoint; undefined if no flow permits a client, because a Service without source ranges admits everyone. */
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
      // Keeps client addresses, and avoids a second hop between nodes.
      externalTrafficPolicy: 'Local',
      // Node ports would bypass the source ranges.
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: ranges,
      port: [{ port: endpoint.port, targetPort: String(endpoint.port), protocol: 'TCP' }],
    },
    waitForLoadBalancer: false,
    timeouts: { create: '2m' },
  });
}
