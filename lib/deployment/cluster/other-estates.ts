import type { Stack } from '../stacks';
import type { OnPremTool } from '../step';
import type { Taken } from '../taken';
import { eachOf } from './each-of';
import { inventoryKey } from './inventory';
import { nameOf, type Objects } from './objects';
import { otherEstate } from './ownership';
import { stackObjects } from './stack-objects';

/** Who deploys, and how. */
export interface Tenant {
  readonly estate: string;
  readonly onPremBy: OnPremTool;
}

/** What a stack would take away from another estate: its namespaces, and by apply the inventory of its stack of the same name. */
export async function takenNames({ estate, onPremBy }: Tenant, stack: Stack, objects: Objects): Promise<Taken[]> {
  const namespaces = stackObjects(stack).flatMap(({ object }) => (object.kind === 'Namespace' ? [object] : []));
  const keys = [...(onPremBy === 'apply' ? [inventoryKey(stack.name)] : []), ...namespaces];
  const taken = await eachOf(keys, async (key): Promise<Taken[]> => {
    const live = await objects.read(key);
    const other = live && otherEstate(live, estate);
    return other === undefined ? [] : [{ what: nameOf(key), estate: other }];
  });
  return taken.flat();
}
