import type { Stack } from '../../artifacts/stacks';
import { stackObjects } from '../../readback/terraform/stack-objects';
import { nameOf, type Objects } from '../kubernetes/client/objects';
import { inBatches } from '../kubernetes/client/requests';
import { otherEstate } from '../kubernetes/estate-ownership';
import { inventoryKey } from '../kubernetes/inventory';
import type { NameConflict } from '../model/preflight';
import type { OnPremTool } from '../model/step';

/** The estate being deployed, and the tool used for its Kubernetes sites. */
export interface Tenant {
  readonly estate: string;
  readonly onPremBy: OnPremTool;
}

/** Live namespaces, and with `apply` the live inventory, that have the name of one of ours but belong to another estate. */
export async function objectConflicts({ estate, onPremBy }: Tenant, stack: Stack, objects: Objects): Promise<NameConflict[]> {
  const namespaces = stackObjects(stack).flatMap(({ object }) => (object.kind === 'Namespace' ? [object] : []));
  const keys = [...(onPremBy === 'apply' ? [inventoryKey(stack.name)] : []), ...namespaces];
  const taken = await inBatches(keys, async (key): Promise<NameConflict[]> => {
    const live = await objects.read(key);
    const other = live && otherEstate(live, estate);
    return other === undefined ? [] : [{ what: nameOf(key), estate: other }];
  });
  return taken.flat();
}
