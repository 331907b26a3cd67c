import type { KubernetesObject } from '../../readback/kubernetes/object';
import type { StackObject } from '../../readback/terraform/stack-objects';
import { nameOf, type Objects } from './client/objects';
import { isOwnChange } from './estate-ownership';
import { Inventory, type InventoryEntry, objectId } from './inventory';
import { namespacesInUse, removedFromInventory } from './namespaces-in-use';
import { prune } from './prune';
import { waitForDefinitions } from './rollout/definitions';
import { waitForRollouts } from './rollout/rollouts';
import { isScaledToZero, returnToAutoscaler } from './rollout/scaled-to-zero';

/** Names of the objects that applying a stack affected. */
export interface Applied {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  /** Objects of an earlier deployment that are no longer emitted and were deleted. */
  readonly removed: readonly string[];
  /** Objects that are no longer emitted but were kept: protected, or in a namespace that is still in use. */
  readonly kept: readonly string[];
}

/** What to apply, and where. */
export interface ApplyProps {
  readonly objects: Objects;
  readonly stack: string;
  readonly estate: string;
  readonly wanted: readonly StackObject[];
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Maximum number of concurrent apply requests. */
const atOnce = 8;

/**
 * Applies the objects of a stack, waits for their rollout, and then deletes objects that are no longer emitted.
 *
 * The inventory is extended before anything is applied, so that no object is forgotten if the run is killed.
 */
export async function applyStack({ objects, stack, estate, wanted, signal, say }: ApplyProps): Promise<Applied> {
  const inventory = new Inventory(objects, stack);
  const before = await inventory.read();
  const now = wanted.map(entryOf);
  const known = new Set(before.map(objectId));
  if (now.some((entry) => !known.has(objectId(entry)))) await inventory.write([...before, ...now], estate);
  const outcomes = await applyAll(objects, wanted, signal, say);
  await waitForRollouts(
    objects,
    wanted.map(({ object }) => object),
    signal,
    say,
  );
  const present = new Set(now.map(objectId));
  const gone = before.filter((entry) => !present.has(objectId(entry)));
  const inUse = await namespacesInUse(objects, removedFromInventory(gone, estate), say);
  const { removed, kept } = await prune({ objects, estate, gone, inUse, say });
  // Written last, so that entries are only dropped once their objects are gone. Unconditional, so that an inventory without an estate label gets one.
  if (before.length > 0 || now.length > 0) await inventory.write([...now, ...kept], estate);
  return { ...outcomes, removed: removed.map(nameOf), kept: kept.map(nameOf) };
}

function entryOf({ object: { apiVersion, kind, metadata }, isProtected }: StackObject): InventoryEntry {
  const { name, namespace } = metadata;
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, isProtected };
}

async function applyAll(objects: Objects, wanted: readonly StackObject[], signal: AbortSignal, say: (line: string) => void) {
  const outcomes = { created: [] as string[], changed: [] as string[], unchanged: [] as string[] };
  for (const wave of waves(wanted.map(({ object }) => object))) {
    for (let start = 0; start < wave.length; start += atOnce) {
      signal.throwIfAborted();
      const applied = await Promise.all(wave.slice(start, start + atOnce).map((object) => applyOne(objects, object)));
      for (const { name, outcome } of applied) {
        outcomes[outcome].push(name);
        say(`${outcome} ${name}`);
      }
    }
    await waitForDefinitions(objects, wave, signal);
  }
  return outcomes;
}

/** Namespaces and definitions are applied before the objects that need them. */
function waves(wanted: readonly KubernetesObject[]): KubernetesObject[][] {
  const early = (object: KubernetesObject) => object.kind === 'Namespace' || object.kind === 'CustomResourceDefinition';
  return [wanted.filter(early), wanted.filter((object) => !early(object))];
}

async function applyOne(objects: Objects, object: KubernetesObject) {
  const before = await objects.read(object);
  const after = await objects.apply(object);
  const isScaledDown = isScaledToZero(object, after);
  if (isScaledDown) await returnToAutoscaler(object, objects);
  const outcome = before === undefined ? 'created' : isScaledDown || isOwnChange(before, after) ? 'changed' : 'unchanged';
  return { name: nameOf(object), outcome } as const;
}
