import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import type { TierPlan } from '../plan-schema';
import type { TierSiteScope } from './site-scope';

/**
 * Time that CloudFormation waits for an instance's signal, in seconds; one hour is the maximum.
 *
 * Bare metal takes about twenty minutes to boot, and boots twice because of its kernel arguments.
 */
function signalTimeoutSeconds({ acceleration }: Pick<TierPlan, 'acceleration'>): number {
  return acceleration === 'hardware' ? 3_600 : 900;
}

/** Margin for the launch of an instance and for the delivery of its signal, in seconds. */
const signalMarginSeconds = 120;

/** Time after launch at which an instance that does not serve signals failure, in seconds: before CloudFormation stops waiting. */
export function bootDeadlineSeconds(tier: Pick<TierPlan, 'acceleration'>): number {
  return signalTimeoutSeconds(tier) - signalMarginSeconds;
}

/** Grace period of load balancer health checks, in seconds; until then, the instance's own signal decides. */
function healthGraceSeconds(tier: Pick<TierPlan, 'acceleration'>): number {
  return signalTimeoutSeconds(tier);
}

/** Formats a duration in ISO 8601, as CloudFormation requires. */
const isoDuration = (seconds: number): string => `PT${seconds / 60}M`;

/**
 * The Auto Scaling group of a zone's tier. It sets no desired capacity, so that deployments keep the value that failover or scaling set.
 *
 * The caller sets the launch template afterwards, because its boot script contains the logical id of this group.
 * A rolling update starts new instances up to `maxInstances`, and waits for their signals before it terminates old ones.
 */
export function fleet(
  scope: Construct,
  id: string,
  tier: TierPlan,
  site: TierSiteScope,
  targets: readonly CfnTargetGroup[],
): CfnAutoScalingGroup {
  const group = new CfnAutoScalingGroup(scope, id, {
    minSize: String(tier.instances),
    maxSize: String(tier.maxInstances),
    vpcZoneIdentifier: site.subnetIds(tier.zone, 'tier'),
    targetGroupArns: targets.map(({ ref }) => ref),
    healthCheckType: 'ELB',
    healthCheckGracePeriod: healthGraceSeconds(tier),
    newInstancesProtectedFromScaleIn: tier.scaleInProtected,
    tags: tagsOf(site, { name: `${tier.zone}-tier`, zone: tier.zone, role: 'tier' }).map((tag) => ({ ...tag, propagateAtLaunch: true })),
  });
  group.cfnOptions.creationPolicy = { resourceSignal: { count: tier.instances, timeout: isoDuration(signalTimeoutSeconds(tier)) } };
  group.cfnOptions.updatePolicy = {
    autoScalingRollingUpdate: {
      // CloudFormation requires a value below the maximum size.
      minInstancesInService: Math.min(tier.instances, tier.maxInstances - 1),
      maxBatchSize: Math.max(1, tier.maxInstances - tier.instances),
      minSuccessfulInstancesPercent: 100,
      waitOnResourceSignals: true,
      pauseTime: isoDuration(signalTimeoutSeconds(tier)),
      // No other process may start or stop instances during a rolling update.
      suspendProcesses: ['AZRebalance', 'AlarmNotification', 'HealthCheck', 'ReplaceUnhealthy', 'ScheduledActions'],
    },
  };
  return group;
}
