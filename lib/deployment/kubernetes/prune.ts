import { nameOf, type Objects } from './client/objects';
import { isOurs } from './estate-ownership';
import type { InventoryEntry } from './inventory';

/** Objects that were deleted, and objects that were kept. */
export interface Pruned {
  readonly removed: readonly InventoryEntry[];
  readonly kept: readonly InventoryEntry[];
}

/** The objects to delete, and the exceptions. */
export interface PruneProps {
  readonly objects: Objects;
  readonly estate: string;
  /** Inventory entries that are no longer emitted. Namespaces come before their contents, so deletion runs in reverse. */
  readonly gone: readonly InventoryEntry[];
  /** Namespaces that are kept with all their objects, NetworkPolicies included, because other objects use them. */
  readonly inUse?: ReadonlySet<string>;
  readonly say: (line: string) => void;
}

/** Deletes objects applied by an earlier deployment, except protected ones and those that are no longer ours. */
export async function prune({ objects, estate, gone, inUse = new Set(), say }: PruneProps): Promise<Pruned> {
  const kept = gone.filter((entry) => entry.isProtected || isWithin(inUse, entry));
  for (const entry of kept)
    say(`kept ${nameOf(entry)}, ${entry.isProtected ? 'which is protected' : 'because its namespace is still in use'}`);
  const removed: InventoryEntry[] = [];
  for (const entry of gone.filter((one) => !kept.includes(one)).reverse()) {
    const live = await objects.read(entry);
    if (!live || !isOurs(live, { by: 'apply', estate })) continue;
    await objects.delete(entry);
    removed.push(entry);
    say(`removed ${nameOf(entry)}`);
  }
  return { removed, kept };
}

/** True if an object is one of the namespaces, or is in one of them. */
export function isWithin(namespaces: ReadonlySet<string>, { kind, metadata: { name, namespace } }: InventoryEntry): boolean {
  return namespaces.has(kind === 'Namespace' ? name : (namespace ?? ''));
}
