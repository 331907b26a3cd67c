import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../../core/problem';
import type { KubernetesObject } from '../../readback/kubernetes-object';
import { StepFailure } from '../refusal';
import { nameOf, type Objects } from './objects';
import { type Condition, standstill } from './standstill';

interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly conditions?: readonly Condition[];
}

/** Milliseconds between two looks. */
const lookMilliseconds = 500;

/**
 * Waits until every pod of a Deployment is of its newest form and available.
 *
 * The cluster itself says when one stands still for too long: after the `progressDeadlineSeconds` of the Deployment. It says so once:
 * one that stood still before, and whose cause may have been mended since, is given as long again.
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
  const began = Date.now();
  let before: Condition | undefined;
  for (let isFirst = true; ; isFirst = false) {
    signal.throwIfAborted();
    const live = await objects.read(deployment);
    if (live && isComplete(live)) return;
    const stalled = live && statusOf(live).conditions?.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
    if (isFirst) before = stalled;
    const isOld = stalled?.lastUpdateTime !== undefined && stalled.lastUpdateTime === before?.lastUpdateTime;
    // A condition of an earlier generation says nothing of this one.
    if (stalled && isObserved(live) && !(isOld && Date.now() - began < deadlineMilliseconds(live))) {
      const why = await standstill(objects, live);
      say(`${nameOf(deployment)}: ${why}`);
      throw new StepFailure(incomplete(deployment, why));
    }
    await sleep(lookMilliseconds, undefined, { signal });
  }
}

function deadlineMilliseconds({ spec }: KubernetesObject): number {
  return (spec as { progressDeadlineSeconds: number }).progressDeadlineSeconds * 1000;
}

function isObserved(live: KubernetesObject): boolean {
  return (statusOf(live).observedGeneration ?? 0) >= Number(live.metadata.generation);
}

function isComplete(live: KubernetesObject): boolean {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = statusOf(live);
  const wanted = (live.spec as { replicas?: number }).replicas ?? 1;
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
