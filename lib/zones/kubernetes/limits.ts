import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import type { OnPremZonePlan } from '../plan-schema';
import type { PolicyScope } from './network-policy';

/** Requests of a container that declares none, so that the scheduler counts it. */
const undeclaredRequests = { cpu: '100m', memory: '128Mi' };

/**
 * LimitRange with default requests for containers of a zone.
 *
 * It has no default limits. They would hold a container without limits to the default, and the API server would refuse a container that
 * requests more.
 *
 * @see {@link https://kubernetes.io/docs/concepts/policy/limit-range/}
 */
export function containerDefaults(scope: Construct, { estate, zone, namespace }: PolicyScope): LimitRangeV1 {
  return new LimitRangeV1(scope, 'container-defaults', {
    metadata: { name: 'container-defaults', namespace, labels: objectLabels(estate, zone) },
    spec: { limit: [{ type: 'Container', defaultRequest: undeclaredRequests }] },
  });
}

/** Services of endpoints that one deployment can remove, in addition to replacing all that remain. */
const removedServices = 10;

/** Largest number of Services during a deployment: those of the endpoints, and those of an earlier description, which are deleted last. */
function mostServices(endpoints: number): number {
  return endpoints === 0 ? 0 : endpoints + Math.max(endpoints, removedServices);
}

/** ResourceQuota that forbids node ports and more load balancers than a deployment of the zone's endpoints needs. */
export function exposureQuota(scope: Construct, zone: OnPremZonePlan, { estate, namespace }: PolicyScope): ResourceQuotaV1 {
  const reachable = new Set(zone.inbound.map(({ endpoint }) => endpoint));
  return new ResourceQuotaV1(scope, 'exposure', {
    metadata: { name: 'exposure', namespace, labels: objectLabels(estate, zone.id) },
    spec: { hard: { 'services.loadbalancers': String(mostServices(reachable.size)), 'services.nodeports': '0' } },
  });
}
