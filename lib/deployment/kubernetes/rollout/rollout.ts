import { setTimeout as sleep } from 'node:timers/promises';
import { quote } from '../../../core/problem';
import { StepFailure } from '../../../core/refusal';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { deploymentProblem } from '../../codes';
import { nameOf, type Objects } from '../client/objects';
import { type Condition, diagnoseRollout } from './diagnosis';

interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly conditions?: readonly Condition[];
}

/** Milliseconds between two reads of the status. */
const intervalMilliseconds = 500;

/** Extra milliseconds for the controller to report the deadline itself, because its message is more specific than ours. */
const slackMilliseconds = 3_000;

/**
 * Waits until all pods of a Deployment are updated and available, and their number is at least what its autoscaler keeps.
 *
 * The Deployment controller reports `ProgressDeadlineExceeded`, but not for a Deployment that is paused or was complete before, and the
 * condition may be left over from an earlier rollout. The deadline is therefore also measured here, from the start and from every pod that
 * makes progress.
 *
 * @param least - smallest number of pods; an autoscaled Deployment starts with one pod, and its rollout is complete without the others
 * @param say - receives the full diagnosis; the problem shows the beginning of it
 * @throws {StepFailure} DEP011 if the rollout does not complete in time
 */
export async function waitForRollout(
  objects: Objects,
  deployment: KubernetesObject,
  least: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  let began = performance.now();
  let furthest = Number.NEGATIVE_INFINITY;
  let before: Condition | undefined;
  for (let isFirst = true; ; isFirst = false) {
    signal.throwIfAborted();
    const live = (await objects.read(deployment)) ?? deployment;
    if (isComplete(live, least)) return;
    const stalled = statusOf(live).conditions?.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
    if (isFirst) before = stalled;
    const isOld = stalled?.lastUpdateTime !== undefined && stalled.lastUpdateTime === before?.lastUpdateTime;
    if (progressOf(live) > furthest) [furthest, began] = [progressOf(live), performance.now()];
    const isOver = performance.now() - began > deadlineMilliseconds(live) + slackMilliseconds;
    // A condition from an earlier generation does not apply to this one.
    if (isOver || (stalled && isObserved(live) && !isOld)) {
      const why = (await diagnoseRollout(objects, live)) || shortfall(live, least) || 'the cluster reports no reason';
      say(`${nameOf(deployment)}: ${why}`);
      throw new StepFailure(incomplete(deployment, why));
    }
    await sleep(intervalMilliseconds, undefined, { signal });
  }
}

function deadlineMilliseconds({ spec }: KubernetesObject): number {
  // Default of the API server.
  return ((spec as { progressDeadlineSeconds?: number } | undefined)?.progressDeadlineSeconds ?? 600) * 1000;
}

/** Measures the progress of a rollout; pods that restart repeatedly do not increase it. */
function progressOf(live: KubernetesObject): number {
  if (!isObserved(live)) return Number.NEGATIVE_INFINITY;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = statusOf(live);
  const old = replicas - updatedReplicas;
  return updatedReplicas + availableReplicas - old;
}

function isObserved(live: KubernetesObject): boolean {
  return (statusOf(live).observedGeneration ?? 0) >= Number(live.metadata.generation);
}

function wantedReplicas({ spec }: KubernetesObject): number {
  // Default of the API server.
  return (spec as { replicas?: number } | undefined)?.replicas ?? 1;
}

function isComplete(live: KubernetesObject, least: number): boolean {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = statusOf(live);
  const wanted = wantedReplicas(live);
  return isObserved(live) && wanted >= least && updatedReplicas === wanted && replicas === wanted && availableReplicas === wanted;
}

function shortfall(live: KubernetesObject, least: number): string {
  const wanted = wantedReplicas(live);
  return wanted < least ? `the autoscaler has not raised the number of instances from ${wanted} to ${least}` : '';
}

function statusOf(live: KubernetesObject): DeploymentStatus {
  return (live.status ?? {}) as DeploymentStatus;
}

function incomplete(deployment: KubernetesObject, why: string) {
  return deploymentProblem('DEP011', nameOf(deployment), {
    wrong: `the rollout did not complete: ${quote(why)}`,
    rule: 'all pods of a Deployment must be available before its progress deadline',
    fix: 'Find out why its pods are not ready with kubectl describe; then run the same command again.',
  });
}
