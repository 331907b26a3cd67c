import { cloudProtections } from './cloud/protection';
import { objectProtections } from './cluster/protection';
import { unlessDenied } from './denial';
import type { OpenSite } from './open-sites';
import type { Protection } from './protection';
import type { Stack } from './stacks';

/** Everything of some stacks that is protected. */
export async function protectionsOf(stacks: readonly Stack[], open: readonly OpenSite[]): Promise<Protection[]> {
  const found = await Promise.all(
    stacks.map(async (stack) => {
      const at = open.find(({ site }) => site.id === stack.site);
      if (!at) return [];
      return unlessDenied(stack.name, () => ('clients' in at ? cloudProtections(stack, at.clients) : objectProtections(stack, at.objects)));
    }),
  );
  return found.flat();
}
