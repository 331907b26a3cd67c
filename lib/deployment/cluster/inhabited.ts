import { bystanders } from './bystanders';
import { type InventoryEntry, identity } from './inventory';
import { nameOf, type Objects } from './objects';
import { isOurs } from './ownership';

/**
 * Namespaces among what is to be removed that hold what others made: it would go along, and nobody was asked.
 *
 * Where not everything may be listed nobody knows what there is, and they count as inhabited.
 */
export async function inhabitedNamespaces(
  objects: Objects,
  gone: readonly InventoryEntry[],
  say: (line: string) => void,
): Promise<ReadonlySet<string>> {
  const names = gone.flatMap(({ kind, metadata: { name }, isProtected }) => (kind === 'Namespace' && !isProtected ? [name] : []));
  const { objects: found, unread } = await bystanders(names, new Set(gone.map(identity)), objects.connection);
  for (const { what, why } of unread) say(`cannot tell of ${what}: ${why}`);
  if (unread.length > 0) return new Set(names);
  const others = found.filter((object) => !isOurs(object));
  for (const object of others) say(`did not make ${nameOf(object)}, which would go with its namespace`);
  return new Set(others.flatMap(({ metadata }) => metadata.namespace ?? []));
}
