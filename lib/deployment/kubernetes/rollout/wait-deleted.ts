import { problem } from '../../../core/problem';
import { StepFailure } from '../../../core/refusal';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { nameOf, type ObjectKey, type Objects } from '../client/objects';
import { poll } from '../client/requests';
import type { Condition } from './diagnosis';

/** Seconds that removing an object may take on top of what its pods may take to end. */
const timeoutSeconds = 300;

/**
 * Waits until an object is gone; a namespace is when everything in it is.
 *
 * @throws {StepFailure} DEP006 where it is not in time, with what holds it
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

/** How long the pods of a namespace may take to end. */
async function graceSeconds(objects: Objects, { kind, metadata }: ObjectKey): Promise<number> {
  if (kind !== 'Namespace') return 0;
  // Who may remove a namespace need not be allowed to read its pods.
  const pods = await objects.list('v1', 'Pod', metadata.name).catch(() => []);
  return Math.max(0, ...pods.map(({ spec }) => (spec as { terminationGracePeriodSeconds?: number }).terminationGracePeriodSeconds ?? 0));
}

function stillThere(key: ObjectKey, live: KubernetesObject | undefined, seconds: number): StepFailure {
  const { conditions = [] } = (live?.status ?? {}) as { conditions?: readonly Condition[] };
  const remaining = conditions
    .filter(({ status, type }) => status === 'True' && /Remaining|Failure/.test(type))
    .map(({ message }) => message);
  const held = (live?.metadata.finalizers ?? []) as readonly string[];
  const value = [...remaining, ...held.map((finalizer) => `finalizer ${finalizer}`)].join('; ') || 'the cluster does not say why';
  const fix = 'See its conditions and finalizers: kubectl get --output=yaml; mend what holds it, and run the same command again.';
  return new StepFailure(problem('DEP006', nameOf(key), { cannot: 'remove it', as: `it must be gone within ${seconds} s`, value, fix }));
}
