import { cloudProtections } from './cloud/protection';
import { nameOf } from './cluster/objects';
import { stackObjects } from './cluster/stack-objects';
import type { OpenSite } from './open-sites';
import type { Stack } from './stacks';

/** Something that is not destroyed just like that, and why. */
export interface Protection {
  readonly what: string;
  readonly why: string;
  /** Whether it keeps its stack from being destroyed; what does not hold stays behind. */
  readonly holds: boolean;
}

/** Everything of some stacks that is protected. */
export async function protectionsOf(stacks: readonly Stack[], open: readonly OpenSite[]): Promise<Protection[]> {
  const found = await Promise.all(
    stacks.map(async (stack) => {
      const at = open.find(({ site }) => site.id === stack.site);
      if (!at) return [];
      return 'clients' in at ? cloudProtections(stack, at.clients) : objectProtections(stack, at);
    }),
  );
  return found.flat();
}

async function objectProtections(stack: Stack, at: OpenSite): Promise<Protection[]> {
  if (!('objects' in at)) return [];
  const wanted = stackObjects(stack).filter(({ isProtected }) => isProtected);
  const live = await Promise.all(wanted.map(({ object }) => at.objects.read(object)));
  const there = wanted.filter((_, index) => live[index] !== undefined);
  return there.map(({ object }) => ({
    what: `${stack.name}: ${nameOf(object)}`,
    why: 'prevent_destroy: its zone is critical',
    holds: true,
  }));
}
