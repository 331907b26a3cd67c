import { HorizontalPodAutoscalerV2 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import type { Construct } from 'constructs';
import { objectLabels, tierSelector } from '../../core/labels';
import type { TierPlan } from '../plan-schema';
import type { TierContext } from './context';
import { tierName } from './context';

/** Processor utilization at which the autoscaler adds instances, in percent. */
const targetCpuPercent = 60;

/** Minimum time of low load before the autoscaler removes an instance, in seconds. */
const scaleDownSeconds = 600;

function metadata({ site, zone }: TierContext) {
  return { name: tierName, namespace: site.namespace(zone.id), labels: objectLabels(site.estate, zone.id) };
}

/** Limits evictions to the instances that the tier can spare. */
export function disruptionBudget(scope: Construct, context: TierContext): PodDisruptionBudgetV1 {
  return new PodDisruptionBudgetV1(scope, 'disruption-budget', {
    metadata: metadata(context),
    spec: { minAvailable: String(context.tier.minAvailable), selector: { matchLabels: tierSelector(context.zone.id) } },
  });
}

function scaleDown({ scaleInProtected, drainSeconds }: TierPlan) {
  return {
    selectPolicy: scaleInProtected ? 'Disabled' : 'Min',
    stabilizationWindowSeconds: Math.max(scaleDownSeconds, drainSeconds),
    policy: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
  };
}

/** Scales the number of instances from the planned number upwards; scale-in is disabled if it would cut long sessions. */
export function autoscaler(scope: Construct, context: TierContext, deployment: string): HorizontalPodAutoscalerV2 {
  const { tier } = context;
  return new HorizontalPodAutoscalerV2(scope, 'autoscaler', {
    metadata: metadata(context),
    spec: {
      minReplicas: tier.instances,
      maxReplicas: tier.maxInstances,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
      metric: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: targetCpuPercent } } }],
      behavior: { scaleDown: [scaleDown(tier)] },
    },
  });
}
