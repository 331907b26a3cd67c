import type { Stack } from '../../artifacts/stacks';
import { awsProtections } from '../aws/deletion-protection';
import { kubernetesProtections } from '../kubernetes/deletion-protection';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { Protection } from '../model/preflight';
import { withControlPlaneErrors } from './control-plane-errors';
import type { OpenSite } from './open-sites';

/** Everything at the given sites that is protected against deletion, whichever tool would delete it. */
export async function protectionsOf(stacks: readonly (Stack | OrphanedStack)[], open: readonly OpenSite[]): Promise<Protection[]> {
  const found = await Promise.all(
    open.map((at) => {
      const { id } = at.site;
      const own = stacks.filter(({ site }) => site === id);
      return withControlPlaneErrors(`sites/${id}`, async () => {
        if ('objects' in at) return kubernetesProtections(id, own.filter(isEmitted), at.objects);
        return (await Promise.all(own.map((stack) => awsProtections(stack, at.clients)))).flat();
      });
    }),
  );
  return found.flat();
}

function isEmitted(stack: Stack | OrphanedStack): stack is Stack {
  return 'file' in stack;
}
