import type { KubernetesObject } from '../../../readback/kubernetes/object';
import type { Objects } from '../client/objects';
import { waitForRollout } from './rollout';

/**
 * Waits for the rollouts of all Deployments of a stack, each with the number of instances that its autoscaler keeps.
 *
 * Once one rollout fails the others are no longer watched; the cluster continues them.
 *
 * @throws {StepFailure} DEP011 if a rollout does not complete in time
 */
export async function waitForRollouts(
  objects: Objects,
  stack: readonly KubernetesObject[],
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const failed = new AbortController();
  const ended = AbortSignal.any([signal, failed.signal]);
  const deployments = stack.filter(({ kind }) => kind === 'Deployment');
  try {
    await Promise.all(deployments.map((each) => waitForRollout(objects, each, leastInstances(each, stack), ended, say)));
  } finally {
    failed.abort();
  }
}

interface AutoscalerSpec {
  readonly minReplicas?: number;
  readonly scaleTargetRef: { readonly kind: string; readonly name: string };
}

/** Smallest number of instances of a Deployment: the minimum of its autoscaler, or one. */
function leastInstances({ metadata }: KubernetesObject, stack: readonly KubernetesObject[]): number {
  const autoscalers = stack.filter(({ kind, metadata: at }) => kind === 'HorizontalPodAutoscaler' && at.namespace === metadata.namespace);
  const own = autoscalers.map(({ spec }) => spec as AutoscalerSpec).filter(({ scaleTargetRef: { name } }) => name === metadata.name);
  return Math.max(1, ...own.map(({ minReplicas = 1 }) => minReplicas));
}
