import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import type { TierPlan } from '../plan-schema';
import type { TierSiteScope } from './site-scope';

/**
 * How long CloudFormation waits for an instance's word, in seconds: bare metal needs some twenty minutes to start, and starts
 * twice for its kernel arguments; it waits no longer than an hour.
 */
function signalTimeoutSeconds({ acceleration }: Pick<TierPlan, 'acceleration'>): number {
  return acceleration === 'hardware' ? 3_600 : 900;
}

/** What lies between the group's making and an instance's launch, and between its word and who waits for it, in seconds. */
const signalMarginSeconds = 120;

/** How long after its launch an instance that does not serve gives up, in seconds: it says so before nobody listens any more. */
export function bootDeadlineSeconds(tier: Pick<TierPlan, 'acceleration'>): number {
  return signalTimeoutSeconds(tier) - signalMarginSeconds;
}

/** How long an instance's health is left alone, in seconds: the deployment judges it until then. */
function healthGraceSeconds(tier: Pick<TierPlan, 'acceleration'>): number {
  return signalTimeoutSeconds(tier);
}

/** A duration as CloudFormation wants it. */
const isoDuration = (seconds: number): string => `PT${seconds / 60}M`;

/**
 * The instances of a zone's tier. No desired capacity is stated: deployments leave what failover or scaling has set.
 *
 * Its launch template is set by who makes it, since the template's boot script names this group.
 * A rollout starts as many new instances as there is room for above those in service and waits for each one's word before it takes old ones away.
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
      // CloudFormation wants it below the maximum.
      minInstancesInService: Math.min(tier.instances, tier.maxInstances - 1),
      maxBatchSize: Math.max(1, tier.maxInstances - tier.instances),
      minSuccessfulInstancesPercent: 100,
      waitOnResourceSignals: true,
      pauseTime: isoDuration(signalTimeoutSeconds(tier)),
      // Nothing else may move instances while they are replaced.
      suspendProcesses: ['AZRebalance', 'AlarmNotification', 'HealthCheck', 'ReplaceUnhealthy', 'ScheduledActions'],
    },
  };
  return group;
}
