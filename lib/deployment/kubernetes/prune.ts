import { nameOf, type Objects } from './client/objects';
import { isOurs } from './estate-ownership';
import type { InventoryEntry } from './inventory';

/** What was removed, and what was kept. */
export interface Pruned {
  readonly removed: readonly InventoryEntry[];
  readonly kept: readonly InventoryEntry[];
}

/** What may go, and what may not. */
export interface PruneProps {
  readonly objects: Objects;
  readonly estate: string;
  /** What the inventory holds and the artifacts do not; what stands in a namespace comes after it and goes before it. */
  readonly gone: readonly InventoryEntry[];
  /** Namespaces that stay as they are, walls included, for what others keep there. */
  readonly inUse?: ReadonlySet<string>;
  readonly say: (line: string) => void;
}

/** Removes objects that an earlier deployment of ours applied: never one that is protected, nor one that is no longer ours. */
export async function prune({ objects, estate, gone, inUse = new Set(), say }: PruneProps): Promise<Pruned> {
  const kept = gone.filter((entry) => entry.isProtected || isWithin(inUse, entry));
  for (const entry of kept)
    say(`kept ${nameOf(entry)}, ${entry.isProtected ? 'which is protected' : 'for what others keep in its namespace'}`);
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

/** Whether something is one of some namespaces, or stands in one. */
export function isWithin(namespaces: ReadonlySet<string>, { kind, metadata: { name, namespace } }: InventoryEntry): boolean {
  return namespaces.has(kind === 'Namespace' ? name : (namespace ?? ''));
}
