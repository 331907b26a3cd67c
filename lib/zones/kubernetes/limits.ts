import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import type { OnPremZonePlan } from '../plan-schema';
import type { PolicyScope } from './network-policy';

/** What a container that declares nothing gets, so that it can neither starve the tier nor escape a quota. */
const undeclared = { cpu: '100m', memory: '128Mi' };

/** Defaults for containers of a zone that declare no resources of their own. */
export function containerDefaults(scope: Construct, { estate, zone, namespace }: PolicyScope): LimitRangeV1 {
  return new LimitRangeV1(scope, 'container-defaults', {
    metadata: { name: 'container-defaults', namespace, labels: objectLabels(estate, zone) },
    spec: { limit: [{ type: 'Container', default: undeclared, defaultRequest: undeclared }] },
  });
}

/** A zone is reached through its endpoints' load balancers and nothing else: no further ones, and no port on any node. */
export function exposureQuota(scope: Construct, zone: OnPremZonePlan, { estate, namespace }: PolicyScope): ResourceQuotaV1 {
  const reachable = new Set(zone.inbound.map(({ endpoint }) => endpoint));
  return new ResourceQuotaV1(scope, 'exposure', {
    metadata: { name: 'exposure', namespace, labels: objectLabels(estate, zone.id) },
    spec: { hard: { 'services.loadbalancers': String(reachable.size), 'services.nodeports': '0' } },
  });
}
