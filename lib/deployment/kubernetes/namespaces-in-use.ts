import { nameOf, type Objects } from './client/objects';
import { isOurs, type Owner } from './estate-ownership';
import { type InventoryEntry, objectId } from './inventory';
import { unmanagedObjects } from './unmanaged-objects';

/** Namespaces about to be deleted, and how to recognize our own objects in them. */
export interface RemovedNamespaces {
  readonly namespaces: readonly string[];
  /** Ids of the objects that this deployment deletes itself. */
  readonly own: ReadonlySet<string>;
  readonly owner: Owner;
}

/**
 * Namespaces that contain objects that Diptych did not create and that would be deleted with them.
 *
 * If anything could not be listed, all namespaces count as in use.
 */
export async function namespacesInUse(
  objects: Objects,
  { namespaces, own, owner }: RemovedNamespaces,
  say: (line: string) => void,
): Promise<ReadonlySet<string>> {
  const { objects: found, unlisted } = await unmanagedObjects(namespaces, own, objects.connection);
  for (const { what, why } of unlisted) say(`could not list ${what}: ${why}`);
  if (unlisted.length > 0) return new Set(namespaces);
  const others = found.filter((object) => !isOurs(object, owner));
  for (const object of others) say(`${nameOf(object)} would be deleted with its namespace, but Diptych did not create it`);
  return new Set(others.flatMap(({ metadata }) => metadata.namespace ?? []));
}

/** Unprotected namespaces among the objects that are dropped from an inventory. */
export function removedFromInventory(gone: readonly InventoryEntry[], estate: string): RemovedNamespaces {
  const namespaces = gone.flatMap(({ kind, metadata: { name }, isProtected }) => (kind === 'Namespace' && !isProtected ? [name] : []));
  return { namespaces, own: new Set(gone.map(objectId)), owner: { by: 'apply', estate } };
}
