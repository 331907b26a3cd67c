import type { InventoryEntry } from './inventory';
import { fieldManager, type LiveObject, nameOf, type Objects } from './objects';

/** What was removed, and what was kept since it is protected. */
export interface Pruned {
  readonly removed: readonly InventoryEntry[];
  readonly kept: readonly InventoryEntry[];
}

/**
 * Removes objects that an earlier deployment of ours applied: never one that is protected, nor one that is no longer ours.
 *
 * @param gone - what the inventory holds and the artifacts do not; what stands in a namespace comes after it and goes before it
 */
export async function prune(objects: Objects, gone: readonly InventoryEntry[], say: (line: string) => void): Promise<Pruned> {
  const kept = gone.filter(({ isProtected }) => isProtected);
  for (const entry of kept) say(`kept ${nameOf(entry)}, which is protected`);
  const removed: InventoryEntry[] = [];
  for (const entry of gone.filter(({ isProtected }) => !isProtected).reverse()) {
    const live = await objects.read(entry);
    if (!live || !isOurs(live)) continue;
    await objects.delete(entry);
    removed.push(entry);
    say(`removed ${nameOf(entry)}`);
  }
  return { removed, kept };
}

/** It carries our label, and the API server knows that we applied it. */
function isOurs({ metadata }: LiveObject): boolean {
  const managers = (metadata.managedFields ?? []) as readonly { readonly manager?: string; readonly operation?: string }[];
  const applied = managers.some(({ manager, operation }) => manager === fieldManager && operation === 'Apply');
  return applied && metadata.labels?.['app.kubernetes.io/managed-by'] === 'diptych';
}
