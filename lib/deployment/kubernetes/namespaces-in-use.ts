import { nameOf, type Objects } from './client/objects';
import { isOurs, type Owner } from './estate-ownership';
import { type InventoryEntry, objectId } from './inventory';
import { unmanagedObjects } from './unmanaged-objects';

/** Namespaces that are to go, and what goes with them anyway. */
export interface RemovedNamespaces {
  readonly namespaces: readonly string[];
  /** Identities of what is removed of our own accord. */
  readonly own: ReadonlySet<string>;
  readonly owner: Owner;
}

/**
 * Namespaces that hold what others made: it would go along, and nobody was asked.
 *
 * Where not everything may be listed nobody knows what there is, and all of them count as inhabited.
 */
export async function namespacesInUse(
  objects: Objects,
  { namespaces, own, owner }: RemovedNamespaces,
  say: (line: string) => void,
): Promise<ReadonlySet<string>> {
  const { objects: found, unlisted } = await unmanagedObjects(namespaces, own, objects.connection);
  for (const { what, why } of unlisted) say(`cannot tell of ${what}: ${why}`);
  if (unlisted.length > 0) return new Set(namespaces);
  const others = found.filter((object) => !isOurs(object, owner));
  for (const object of others) say(`did not make ${nameOf(object)}, which would go with its namespace`);
  return new Set(others.flatMap(({ metadata }) => metadata.namespace ?? []));
}

/** What goes where objects leave an inventory; namespaces that are protected stay in any case. */
export function removedFromInventory(gone: readonly InventoryEntry[], estate: string): RemovedNamespaces {
  const namespaces = gone.flatMap(({ kind, metadata: { name }, isProtected }) => (kind === 'Namespace' && !isProtected ? [name] : []));
  return { namespaces, own: new Set(gone.map(objectId)), owner: { by: 'apply', estate } };
}
