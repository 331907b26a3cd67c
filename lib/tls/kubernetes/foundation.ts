import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import type { TierContext } from './context';
import { tierName } from './context';
import { cpuQuantity, maxDevices, maxPods, memoryQuantity } from './resources';

/** The ServiceAccount of a tier's pods, without permissions and without a mounted token. */
export function serviceAccount(scope: Construct, { site, zone }: TierContext, namespace: string): ServiceAccountV1 {
  return new ServiceAccountV1(scope, 'service-account', {
    metadata: { name: tierName, namespace, labels: objectLabels(site.estate, zone.id) },
    automountServiceAccountToken: false,
  });
}

/** Quota of the tier's pods. It is scoped to their priority class, so that other workloads of the zone do not count. */
export function tierQuota(scope: Construct, { site, zone, tier }: TierContext, namespace: string): ResourceQuotaV1 {
  const instances = maxPods(tier);
  const { cpu, memory } = instanceTotals(tier, instances);
  return new ResourceQuotaV1(scope, 'tier-quota', {
    metadata: { name: tierName, namespace, labels: objectLabels(site.estate, zone.id) },
    spec: {
      hard: {
        pods: String(instances),
        'requests.cpu': cpu,
        'requests.memory': memory,
        'limits.cpu': cpu,
        'limits.memory': memory,
      },
      scopeSelector: {
        matchExpression: [{ scopeName: 'PriorityClass', operator: 'In', values: [site.priorityClass(zone.criticality)] }],
      },
    },
  });
}

function instanceTotals(tier: TierContext['tier'], instances: number) {
  const cores = tier.pinnedCpus ? Math.ceil(tier.cpuCores) : tier.cpuCores;
  return { cpu: cpuQuantity(cores * instances), memory: memoryQuantity(tier.memoryMebibytes * instances) };
}

/** Quota of the zone's devices. It is a separate object because scoped quotas cannot count extended resources. */
export function deviceQuota(scope: Construct, { site, zone, tier }: TierContext, namespace: string): ResourceQuotaV1 | undefined {
  if (!tier.device) return undefined;
  return new ResourceQuotaV1(scope, 'device-quota', {
    metadata: { name: 'tls-devices', namespace, labels: objectLabels(site.estate, zone.id) },
    spec: { hard: { [`requests.${tier.device.resource}`]: String(maxDevices(tier)) } },
  });
}
