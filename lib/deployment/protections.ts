import type { LeftStack } from './cloud/deployed';
import { cloudProtections } from './cloud/protection';
import { objectProtections } from './cluster/protection';
import { unlessDenied } from './denial';
import type { OpenSite } from './open-sites';
import type { Protection } from './protection';
import type { Stack } from './stacks';

/** Everything of some sites that is protected, whichever tool destroys it. */
export async function protectionsOf(stacks: readonly (Stack | LeftStack)[], open: readonly OpenSite[]): Promise<Protection[]> {
  const found = await Promise.all(
    open.map((at) => {
      const { id } = at.site;
      const own = stacks.filter(({ site }) => site === id);
      return unlessDenied(`sites/${id}`, async () => {
        if ('objects' in at) return objectProtections(id, own.filter(isEmitted), at.objects);
        return (await Promise.all(own.map((stack) => cloudProtections(stack, at.clients)))).flat();
      });
    }),
  );
  return found.flat();
}

function isEmitted(stack: Stack | LeftStack): stack is Stack {
  return 'file' in stack;
}
