import type { Protection } from '../protection';
import type { Stack } from '../stacks';
import { Inventory, identity } from './inventory';
import { nameOf, type ObjectKey, type Objects } from './objects';
import { stackObjects } from './stack-objects';

/** Objects of a stack of the on-prem half that are there and are not destroyed just like that: also those that only an earlier synthesis had. */
export async function objectProtections(stack: Stack, objects: Objects): Promise<Protection[]> {
  const emitted = stackObjects(stack).map(({ object, isProtected }) => ({ key: object as ObjectKey, isProtected }));
  const applied = (await new Inventory(objects, stack.name).read()).map((entry) => ({
    key: entry as ObjectKey,
    isProtected: entry.isProtected,
  }));
  const wanted = [...applied, ...emitted].filter(({ isProtected }) => isProtected);
  const distinct = [...new Map(wanted.map(({ key }) => [identity(key), key])).values()];
  const live = await Promise.all(distinct.map((key) => objects.read(key)));
  const there = distinct.filter((_, index) => live[index] !== undefined);
  return there.map((key) => ({ what: `${stack.name}: ${nameOf(key)}`, why: 'prevent_destroy: its zone is critical', holds: true }));
}
