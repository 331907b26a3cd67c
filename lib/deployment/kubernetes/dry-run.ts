import type { Stack } from '../../artifacts/stacks';
import { printable } from '../../core/problem';
import { type StackObject, stackObjects } from '../../readback/terraform/stack-objects';
import type { Change } from '../model/preflight';
import { ApiError } from './client/api-error';
import { nameOf, type Objects } from './client/objects';
import { isOwnChange } from './estate-ownership';
import { Inventory, objectId } from './inventory';
import { namespacesInUse, removedFromInventory } from './namespaces-in-use';
import { isWithin } from './prune';
import { isScaledToZero } from './rollout/scaled-to-zero';

/** Status codes caused by the object itself, which a real apply would return as well. */
const refusals: ReadonlySet<number> = new Set([400, 409, 422]);

/** Changes that applying a stack would make, determined by a server-side dry run. */
export async function dryRunChanges(stack: Stack, estate: string, objects: Objects, signal: AbortSignal): Promise<Change[]> {
  const wanted = stackObjects(stack);
  const changes: Change[] = [];
  for (const one of wanted) {
    signal.throwIfAborted();
    changes.push(...(await changeOf(one, objects)));
  }
  const present = new Set(wanted.map(({ object }) => objectId(object)));
  const gone = (await new Inventory(objects, stack.name).read()).filter((entry) => !entry.isProtected && !present.has(objectId(entry)));
  const inUse = await namespacesInUse(objects, removedFromInventory(gone, estate), () => {});
  const removed = gone.filter((entry) => !isWithin(inUse, entry));
  return [...changes, ...removed.map((entry): Change => ({ action: 'remove', what: nameOf(entry) }))];
}

async function changeOf({ object }: StackObject, objects: Objects): Promise<Change[]> {
  const what = nameOf(object);
  const before = await objects.read(object);
  if (!before) return [{ action: 'add', what }];
  try {
    const after = await objects.apply(object, { dryRun: true });
    return isScaledToZero(object, after) || isOwnChange(before, after) ? [{ action: 'change', what }] : [];
  } catch (error) {
    // Such as a change of an immutable field: the object is not deleted and recreated, because that would interrupt a tier.
    if (error instanceof ApiError && refusals.has(error.status)) return [{ action: 'refused', what, why: printable(error.message) }];
    throw error;
  }
}
