import type { Connection } from './client/connection';
import { apiReason, groupOf, type NamespacedKind } from './client/namespaced-kinds';
import type { LiveObject } from './client/objects';
import { objectId } from './inventory';

/** An object that another one says it was made by. */
interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** What was there when its kind was listed. */
interface Listed {
  /** Uids of everything. */
  readonly uids: ReadonlySet<unknown>;
  /** Identities of what we made. */
  readonly ours: ReadonlySet<string>;
  readonly kinds: readonly NamespacedKind[];
}

/**
 * The one controller of an object, which keeps it as it is, where it has one.
 *
 * @see {@link https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/}
 */
export function controllerOf(object: LiveObject): OwnerReference | undefined {
  return ownersOf(object).find(({ controller }) => controller === true);
}

/** Whether an object says that it was made by one of some, as its controller or beside it. */
export function isOwnedByAny(uids: ReadonlySet<unknown>, object: LiveObject): boolean {
  return ownersOf(object).some(({ uid }) => uids.has(uid));
}

/** Whether the controller of an object came only after its own kind was listed, and is ours or made by something that was there. */
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
