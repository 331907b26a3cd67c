import type { Protection } from '../protection';
import type { Stack } from '../stacks';
import { nameOf, type Objects } from './objects';
import { stackObjects } from './stack-objects';

/** Objects of a stack of the on-prem half that are there and are not destroyed just like that. */
export async function objectProtections(stack: Stack, objects: Objects): Promise<Protection[]> {
  const wanted = stackObjects(stack).filter(({ isProtected }) => isProtected);
  const live = await Promise.all(wanted.map(({ object }) => objects.read(object)));
  const there = wanted.filter((_, index) => live[index] !== undefined);
  return there.map(({ object }) => ({
    what: `${stack.name}: ${nameOf(object)}`,
    why: 'prevent_destroy: its zone is critical',
    holds: true,
  }));
}
