import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../../../core/problem';
import { StepFailure } from '../../../core/refusal';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { nameOf, type Objects } from '../client/objects';
import { type Condition, diagnoseRollout } from './diagnosis';

interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly conditions?: readonly Condition[];
}

/** Milliseconds between two looks. */
const intervalMilliseconds = 500;

/** Milliseconds that the cluster has on top to say itself that a deadline is over: its own words are the better ones. */
const slackMilliseconds = 3_000;

/**
 * Waits until every pod of a Deployment is of its newest form and available.
 *
 * The cluster itself says when one stands still for longer than the `progressDeadlineSeconds` of the Deployment, but never of one that
 * is paused or was complete before it lost a pod, and of one that stood still before, whose cause may have been mended since, only then.
 * So each has that long from now, and from every pod that gets further.
 *
 * @param say - is told the whole reason, of which a problem shows the beginning
 * @throws {StepFailure} DEP011 where it stands still
 */
export async function waitForRollout(
  objects: Objects,
  deployment: KubernetesObject,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  let began = performance.now();
  let furthest = Number.NEGATIVE_INFINITY;
  let before: Condition | undefined;
  for (let isFirst = true; ; isFirst = false) {
    signal.throwIfAborted();
    const live = (await objects.read(deployment)) ?? deployment;
    if (isComplete(live)) return;
    const stalled = statusOf(live).conditions?.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
    if (isFirst) before = stalled;
    const isOld = stalled?.lastUpdateTime !== undefined && stalled.lastUpdateTime === before?.lastUpdateTime;
    if (progressOf(live) > furthest) [furthest, began] = [progressOf(live), performance.now()];
    const isOver = performance.now() - began > deadlineMilliseconds(live) + slackMilliseconds;
    // A condition of an earlier generation says nothing of this one.
    if (isOver || (stalled && isObserved(live) && !isOld)) {
      const why = (await diagnoseRollout(objects, live)) || 'the cluster does not say why';
      say(`${nameOf(deployment)}: ${why}`);
      throw new StepFailure(incomplete(deployment, why));
    }
    await sleep(intervalMilliseconds, undefined, { signal });
  }
}

function deadlineMilliseconds({ spec }: KubernetesObject): number {
  // What the API server itself takes where nothing is said.
  return ((spec as { progressDeadlineSeconds?: number } | undefined)?.progressDeadlineSeconds ?? 600) * 1000;
}

/** How far a rollout is: pods that come and go again and again get it no further. */
function progressOf(live: KubernetesObject): number {
  if (!isObserved(live)) return Number.NEGATIVE_INFINITY;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = statusOf(live);
  const old = replicas - updatedReplicas;
  return updatedReplicas + availableReplicas - old;
}

function isObserved(live: KubernetesObject): boolean {
  return (statusOf(live).observedGeneration ?? 0) >= Number(live.metadata.generation);
}

function isComplete(live: KubernetesObject): boolean {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = statusOf(live);
  const wanted = (live.spec as { replicas?: number } | undefined)?.replicas ?? 1;
  return isObserved(live) && updatedReplicas === wanted && replicas === wanted && availableReplicas === wanted;
}

function statusOf(live: KubernetesObject): DeploymentStatus {
  return (live.status ?? {}) as DeploymentStatus;
}

function incomplete(deployment: KubernetesObject, why: string) {
  const fix = 'See why its pods are not ready: kubectl describe; then run the same command again.';
  const as = 'all pods of a Deployment must become available before its deadline';
  return problem('DEP011', nameOf(deployment), { cannot: 'complete the rollout', as, value: why, fix });
}
