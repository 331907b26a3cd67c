import type { Stack } from '../../artifacts/stacks';
import { cloudProtections } from '../aws/deletion-protection';
import { objectProtections } from '../kubernetes/deletion-protection';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { Protection } from '../model/protection';
import { unlessDenied } from './control-plane-errors';
import type { OpenSite } from './open-sites';

/** Everything of some sites that is protected, whichever tool destroys it. */
export async function protectionsOf(stacks: readonly (Stack | OrphanedStack)[], open: readonly OpenSite[]): Promise<Protection[]> {
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

function isEmitted(stack: Stack | OrphanedStack): stack is Stack {
  return 'file' in stack;
}
