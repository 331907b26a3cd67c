import { quote } from '../../../core/problem';
import { StepFailure } from '../../../core/refusal';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { deploymentProblem } from '../../codes';
import { nameOf, type ObjectKey, type Objects } from '../client/objects';
import { poll } from '../client/requests';
import type { Condition } from './diagnosis';

/** Seconds to wait for a deletion, in addition to the grace period of the pods. */
const timeoutSeconds = 300;

/**
 * Waits until an object is gone; a namespace is gone when everything in it is.
 *
 * @throws {StepFailure} DEP024 on timeout, with the conditions and finalizers that block the deletion
 */
export async function waitUntilDeleted(objects: Objects, key: ObjectKey, signal: AbortSignal): Promise<void> {
  let live: KubernetesObject | undefined;
  const isGone = async () => {
    live = await objects.read(key);
    return live === undefined;
  };
  const seconds = timeoutSeconds + (await graceSeconds(objects, key));
  if (!(await poll(isGone, { seconds, intervalMilliseconds: 500, signal }))) throw stillThere(key, live, seconds);
}

/** Longest termination grace period of the pods in a namespace. */
async function graceSeconds(objects: Objects, { kind, metadata }: ObjectKey): Promise<number> {
  if (kind !== 'Namespace') return 0;
  // Permission to delete a namespace does not imply permission to list its pods.
  const pods = await objects.list('v1', 'Pod', metadata.name).catch(() => []);
  return Math.max(0, ...pods.map(({ spec }) => (spec as { terminationGracePeriodSeconds?: number }).terminationGracePeriodSeconds ?? 0));
}

function stillThere(key: ObjectKey, live: KubernetesObject | undefined, seconds: number): StepFailure {
  const { conditions = [] } = (live?.status ?? {}) as { conditions?: readonly Condition[] };
  const remaining = conditions
    .filter(({ status, type }) => status === 'True' && /Remaining|Failure/.test(type))
    .map(({ message }) => message);
  const held = (live?.metadata.finalizers ?? []) as readonly string[];
  const value = [...remaining, ...held.map((finalizer) => `finalizer ${finalizer}`)].join('; ') || 'the cluster reports no reason';
  return new StepFailure(
    deploymentProblem('DEP024', nameOf(key), {
      wrong: `the object still exists: ${quote(value)}`,
      rule: `a deleted object must be gone within ${seconds} s`,
      fix: 'Read its conditions and finalizers with kubectl get --output=yaml, correct the cause, and run the same command again.',
    }),
  );
}
