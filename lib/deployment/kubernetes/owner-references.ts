import type { Connection } from './client/connection';
import { groupOf, type NamespacedKind, whyNot } from './client/namespaced-kinds';
import type { LiveObject } from './client/objects';
import { identity } from './inventory';

/** An object that another one says it was made by. */
interface Maker {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** What was there when its kind was listed. */
interface Listed {
  /** Uids of everything. */
  readonly makers: ReadonlySet<unknown>;
  /** Identities of what we made. */
  readonly ours: ReadonlySet<string>;
  readonly kinds: readonly NamespacedKind[];
}

/**
 * The one controller of an object, which keeps it as it is, where it has one.
 *
 * @see {@link https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/}
 */
export function makerOf(object: LiveObject): Maker | undefined {
  return makersOf(object).find(({ controller }) => controller === true);
}

/** Whether an object says that it was made by one of some, as its controller or beside it. */
export function isMadeBy(makers: ReadonlySet<unknown>, object: LiveObject): boolean {
  return makersOf(object).some(({ uid }) => makers.has(uid));
}

/** Whether the controller of an object came only after its own kind was listed, and is ours or made by something that was there. */
export async function isOfNewer(object: LiveObject, { makers, ours, kinds }: Listed, connection: Connection): Promise<boolean> {
  const { namespace = '' } = object.metadata;
  const owner = makerOf(object);
  const kind = owner && kinds.find((one) => one.kind === owner.kind && groupOf(one) === groupOf(owner));
  if (!kind) return false;
  try {
    const maker = (await connection.ask('GET', `${kind.path(namespace)}/${owner.name}`)) as LiveObject;
    if (maker.metadata.uid !== owner.uid) return false;
    return ours.has(identity({ ...kind, metadata: { name: owner.name, namespace } })) || isMadeBy(makers, maker);
  } catch (error) {
    whyNot(error);
    return false;
  }
}

function makersOf({ metadata }: LiveObject): readonly Maker[] {
  return (metadata.ownerReferences ?? []) as readonly Maker[];
}
