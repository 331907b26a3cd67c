import { stopSeconds } from '../haproxy/container';
import { selfTestSeconds } from '../haproxy/self-test';
import type { TierPlan } from '../plan-schema';

/** How long an instance may take to answer its first health check, in seconds. */
export const startSeconds = 60;

/** What scheduling, pulling the image and mounting may take on top, in seconds. */
const placementSeconds = 120;

/** What the kubelet may lose between the end of a drain and the kill, in seconds. */
const killMarginSeconds = 15;

/** How long a pod may take to stop, in seconds: its grace, its drain and a margin. */
export function terminationSeconds(tier: TierPlan): number {
  return stopSeconds(tier) + killMarginSeconds;
}

/** The longest that a rollout may stand still, in seconds: where devices are scarce a new instance waits for one that drains, and then proves its own. */
export function stepSeconds(tier: TierPlan): number {
  return startSeconds + placementSeconds + (tier.device ? terminationSeconds(tier) + selfTestSeconds : 0);
}

/** The longest that a whole rollout may take, as Terraform writes durations. */
export function rolloutTimeout(tier: TierPlan): string {
  return `${Math.ceil((tier.maxInstances * stepSeconds(tier)) / 60)}m`;
}
