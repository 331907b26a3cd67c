import { byCodeUnit } from '../../core/order';
import type { Connection } from './client/connection';
import { apiReason, groupOf, isCalicoShadow, isGone, type NamespacedKind, namespacedKinds, type Unlisted } from './client/namespaced-kinds';
import { type LiveObject, nameOf } from './client/objects';
import { inBatches } from './client/requests';
import { objectId } from './inventory';
import { hasNewerController, isOwnedByAny } from './owner-references';

/** What others put into namespaces, and of which kinds that is not known. */
export interface UnmanagedObjects {
  readonly objects: readonly LiveObject[];
  readonly unlisted: readonly Unlisted[];
}

/** Kinds that say how a cluster fares; nobody keeps anything in them. */
const passing: ReadonlySet<string> = new Set([' Event', 'events.k8s.io Event', 'coordination.k8s.io Lease']);

/** What Kubernetes puts into every namespace by itself. */
const everywhere: ReadonlySet<string> = new Set([' ServiceAccount default', ' ConfigMap kube-root-ca.crt']);

/**
 * Everything in some namespaces that goes with them although it is not ours, but for what is going already.
 *
 * @param ours - identities of what we made; what a controller makes of it, or of what others made, goes and comes with its maker
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

/** Whether the cluster put it there, or keeps it beside something else that is there. */
function isKubernetes(object: LiveObject, identities: ReadonlySet<string>): boolean {
  const { apiVersion, kind, metadata } = object;
  const said = `${groupOf(object)} ${kind}`;
  if (everywhere.has(`${said} ${metadata.name}`)) return true;
  // Endpoints say not who made them: they are called as their Service.
  if (said === ' Endpoints') return identities.has(objectId({ apiVersion, kind: 'Service', metadata }));
  return said === 'projectcalico.org NetworkPolicy' && isCalicoShadow(metadata.name);
}
