import { stopSeconds } from '../haproxy/container';
import { selfTestSeconds } from '../haproxy/self-test';
import type { TierPlan } from '../plan-schema';

/** Time that an instance may take to answer its first health check, in seconds. */
export const startSeconds = 60;

/** Additional time for scheduling, pulling the image and mounting volumes, in seconds. */
const placementSeconds = 120;

/** Margin between the end of a drain and the kubelet's SIGKILL, in seconds. */
const killMarginSeconds = 15;

/** Termination grace period of a pod, in seconds: grace, drain and a margin. */
export function terminationSeconds(tier: TierPlan): number {
  return stopSeconds(tier) + killMarginSeconds;
}

/**
 * Longest time without progress in a rolling update, in seconds.
 *
 * A new instance of a hardware tier may wait until an old one has drained and released its devices, and then runs the self-test.
 */
export function progressDeadlineSeconds(tier: TierPlan): number {
  return startSeconds + placementSeconds + (tier.device ? terminationSeconds(tier) + selfTestSeconds : 0);
}

/** Longest duration of a complete rolling update, in Terraform's notation. */
export function rolloutTimeout(tier: TierPlan): string {
  return `${Math.ceil((tier.maxInstances * progressDeadlineSeconds(tier)) / 60)}m`;
}
