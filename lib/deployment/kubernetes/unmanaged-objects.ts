import { byCodeUnit } from '../../core/order';
import type { Connection } from './client/connection';
import { apiReason, groupOf, isCalicoShadow, isGone, type NamespacedKind, namespacedKinds, type Unlisted } from './client/namespaced-kinds';
import { type LiveObject, nameOf } from './client/objects';
import { inBatches } from './client/requests';
import { objectId } from './inventory';
import { hasNewerController, isOwnedByAny } from './owner-references';

/** Objects in our namespaces that Diptych did not create, and the kinds that could not be listed. */
export interface UnmanagedObjects {
  readonly objects: readonly LiveObject[];
  readonly unlisted: readonly Unlisted[];
}

/** Kinds that hold transient state, which can be deleted without loss. */
const passing: ReadonlySet<string> = new Set([' Event', 'events.k8s.io Event', 'coordination.k8s.io Lease']);

/** Objects that Kubernetes creates in every namespace. */
const everywhere: ReadonlySet<string> = new Set([' ServiceAccount default', ' ConfigMap kube-root-ca.crt']);

/**
 * Lists the objects in namespaces that would be deleted with them and are not ours; objects that are already being deleted are left out.
 *
 * @param ours - ids of our objects; dependents of any listed object are left out, because they follow their owner
 */
export async function unmanagedObjects(
  namespaces: readonly string[],
  ours: ReadonlySet<string>,
  connection: Connection,
): Promise<UnmanagedObjects> {
  if (namespaces.length === 0) return { objects: [], unlisted: [] };
  const { kinds, unlisted } = await namespacedKinds(connection);
  const lasting = kinds.filter((one) => !passing.has(`${groupOf(one)} ${one.kind}`));
  const lists = await inBatches(lasting, (kind) => listEach(kind, namespaces, connection));
  const objects = lists.flatMap((list) => list.objects);
  const uids = new Set(objects.map(({ metadata }) => metadata.uid));
  const identities = new Set(objects.map(objectId));
  const unmade = objects.filter((one) => !ours.has(objectId(one)) && !isKubernetes(one, identities) && !isOwnedByAny(uids, one));
  const kept = unmade.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const newer = await inBatches(kept, (one) => hasNewerController(one, { uids, ours, kinds: lasting }, connection));
  const others = kept.filter((_, index) => !newer[index]);
  return {
    objects: others.sort((one, other) => byCodeUnit(nameOf(one), nameOf(other))),
    unlisted: [...unlisted, ...lists.flatMap((list) => list.unlisted)].sort((one, other) => byCodeUnit(one.what, other.what)),
  };
}

async function listEach({ apiVersion, kind, path }: NamespacedKind, namespaces: readonly string[], connection: Connection) {
  const objects: LiveObject[] = [];
  const closed = new Map<string, string[]>();
  for (const namespace of namespaces) {
    try {
      const { items } = (await connection.ask('GET', path(namespace))) as { items: readonly LiveObject[] | null };
      objects.push(...(items ?? []).map((item) => ({ ...item, apiVersion, kind })));
    } catch (error) {
      if (isGone(error)) continue;
      const why = apiReason(error);
      closed.set(why, [...(closed.get(why) ?? []), namespace]);
    }
  }
  return { objects, unlisted: [...closed].map(([why, places]) => ({ what: `every ${kind} in ${places.join(', ')}`, why })) };
}

/** True if Kubernetes created the object itself, or derived it from another listed object. */
function isKubernetes(object: LiveObject, identities: ReadonlySet<string>): boolean {
  const { apiVersion, kind, metadata } = object;
  const said = `${groupOf(object)} ${kind}`;
  if (everywhere.has(`${said} ${metadata.name}`)) return true;
  // Endpoints have no owner reference; they have the name of their Service.
  if (said === ' Endpoints') return identities.has(objectId({ apiVersion, kind: 'Service', metadata }));
  return said === 'projectcalico.org NetworkPolicy' && isCalicoShadow(metadata.name);
}
