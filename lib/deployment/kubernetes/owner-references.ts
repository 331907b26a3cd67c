import type { Connection } from './client/connection';
import { apiReason, groupOf, type NamespacedKind } from './client/namespaced-kinds';
import type { LiveObject } from './client/objects';
import { objectId } from './inventory';

/** Entry of `metadata.ownerReferences`. */
interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** Contents of the listed namespaces. */
interface Listed {
  /** Uids of all listed objects. */
  readonly uids: ReadonlySet<unknown>;
  /** Ids of our objects. */
  readonly ours: ReadonlySet<string>;
  readonly kinds: readonly NamespacedKind[];
}

/**
 * The owner reference of an object's managing controller; undefined if it has none.
 *
 * @see {@link https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/}
 */
export function controllerOf(object: LiveObject): OwnerReference | undefined {
  return ownersOf(object).find(({ controller }) => controller === true);
}

/** True if any owner of an object has one of the given uids. */
export function isOwnedByAny(uids: ReadonlySet<unknown>, object: LiveObject): boolean {
  return ownersOf(object).some(({ uid }) => uids.has(uid));
}

/** True if the object's controller was created after its kind was listed and is ours, or owned by an object in the listing. */
export async function hasNewerController(object: LiveObject, { uids, ours, kinds }: Listed, connection: Connection): Promise<boolean> {
  const { namespace = '' } = object.metadata;
  const owner = controllerOf(object);
  const kind = owner && kinds.find((one) => one.kind === owner.kind && groupOf(one) === groupOf(owner));
  if (!kind) return false;
  try {
    const controller = (await connection.ask('GET', `${kind.path(namespace)}/${owner.name}`)) as LiveObject;
    if (controller.metadata.uid !== owner.uid) return false;
    return ours.has(objectId({ ...kind, metadata: { name: owner.name, namespace } })) || isOwnedByAny(uids, controller);
  } catch (error) {
    apiReason(error);
    return false;
  }
}

function ownersOf({ metadata }: LiveObject): readonly OwnerReference[] {
  return (metadata.ownerReferences ?? []) as readonly OwnerReference[];
}
