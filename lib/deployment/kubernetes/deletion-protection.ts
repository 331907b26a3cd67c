import type { Stack } from '../../artifacts/stacks';
import { stackObjects } from '../../readback/terraform/stack-objects';
import type { Protection } from '../model/preflight';
import { nameOf, type ObjectKey, type Objects } from './client/objects';
import { Inventory, objectId } from './inventory';
import { unmanagedObjects } from './unmanaged-objects';

/** An object of a stack, emitted now or by an earlier synthesis. */
interface Own {
  readonly stack: string;
  readonly key: ObjectKey;
  readonly isProtected: boolean;
}

/** Protected objects of a site's stacks, and objects in our namespaces that Diptych did not create, which would be deleted with them. */
export async function kubernetesProtections(site: string, stacks: readonly Stack[], objects: Objects): Promise<Protection[]> {
  const own = (await Promise.all(stacks.map((stack) => ownObjects(stack, objects)))).flat();
  const held = await there(
    own.filter(({ isProtected }) => isProtected),
    objects,
  );
  const namespaces = await there(
    own.filter(({ key }) => key.kind === 'Namespace'),
    objects,
  );
  const names = namespaces.map(({ key }) => key.metadata.name);
  const others = await unmanagedObjects(names, new Set(own.map(({ key }) => objectId(key))), objects.connection);
  const deleted = 'would be deleted with its namespace';
  return [
    ...held.map(({ stack, key }) => ({ what: `${stack}: ${nameOf(key)}`, why: 'prevent_destroy: its zone is critical', blocks: true })),
    ...others.objects.map((object) => ({ what: `${site}: ${nameOf(object)}`, why: `${deleted}; Diptych did not create it`, blocks: true })),
    ...others.unlisted.map(({ what, why }) => ({
      what: `${site}: ${what}`,
      why: `${deleted}; could not be listed: ${why}`,
      blocks: true,
    })),
  ];
}

async function ownObjects(stack: Stack, objects: Objects): Promise<Own[]> {
  const emitted = stackObjects(stack).map(({ object, isProtected }) => ({ key: object as ObjectKey, isProtected }));
  const applied = (await new Inventory(objects, stack.name).read()).map((entry) => ({
    key: entry as ObjectKey,
    isProtected: entry.isProtected,
  }));
  return [...applied, ...emitted].map((one) => ({ stack: stack.name, ...one }));
}

/** The objects that exist, without duplicates. */
async function there(some: readonly Own[], objects: Objects): Promise<Own[]> {
  const distinct = [...new Map(some.map((one) => [objectId(one.key), one])).values()];
  const live = await Promise.all(distinct.map(({ key }) => objects.read(key)));
  return distinct.filter((_, index) => live[index] !== undefined);
}
