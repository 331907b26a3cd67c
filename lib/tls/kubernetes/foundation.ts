import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import { onPremCores } from '../tier-site';
import type { TierContext } from './context';
import { tierName } from './context';
import { cpuQuantity, maxDevices, maxPods } from './resources';

/** The ServiceAccount of a tier's pods, without permissions and without a mounted token. */
export function serviceAccount(scope: Construct, { site, zone }: TierContext, namespace: string): ServiceAccountV1 {
  return new ServiceAccountV1(scope, 'service-account', {
    metadata: { name: tierName, namespace, labels: objectLabels(site.estate, zone.id) },
    automountServiceAccountToken: false,
  });
}

/**
 * Quota of the tier's pods. It is scoped to their priority class, so that other workloads of the zone do not count.
 *
 * It holds pods of the largest size, because a rolling update to smaller instances starts while all larger ones still run. Memory has no
 * largest size and is bounded by the number of pods only.
 */
export function tierQuota(scope: Construct, { site, zone, tier }: TierContext, namespace: string): ResourceQuotaV1 {
  const pods = maxPods(tier);
  const cpu = cpuQuantity(Math.max(tier.cpuCores, ...onPremCores) * pods);
  return new ResourceQuotaV1(scope, 'tier-quota', {
    metadata: { name: tierName, namespace, labels: objectLabels(site.estate, zone.id) },
    spec: {
      hard: {
        pods: String(pods),
        'requests.cpu': cpu,
        'limits.cpu': cpu,
      },
      scopeSelector: {
        matchExpression: [{ scopeName: 'PriorityClass', operator: 'In', values: [site.priorityClass(zone.criticality)] }],
      },
    },
  });
}

/** Quota of the zone's devices. It is a separate object because scoped quotas cannot count extended resources. */
export function deviceQuota(scope: Construct, { site, zone, tier }: TierContext, namespace: string): ResourceQuotaV1 | undefined {
  if (!tier.device) return undefined;
  return new ResourceQuotaV1(scope, 'device-quota', {
    metadata: { name: 'tls-devices', namespace, labels: objectLabels(site.estate, zone.id) },
    spec: { hard: { [`requests.${tier.device.resource}`]: String(maxDevices(tier)) } },
  });
}
