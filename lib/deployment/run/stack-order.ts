import { fromTheTop, reversed, type Stack } from '../../artifacts/stacks';
import { liveStacks } from '../aws/live-stacks';
import { inDeployableOrder, orphanedStacks } from '../aws/orphaned-stacks';
import { refuseProtectedRemovals } from '../aws/protected-removals';
import { withControlPlaneErrors } from '../gate/control-plane-errors';
import type { OpenSite } from '../gate/open-sites';
import type { OrphanedStack } from '../model/orphaned-stack';

/** Command for which the stacks are ordered. */
export type Purpose = 'plan' | 'deploy' | 'destroy';

/**
 * Orders stacks for a command, including live CloudFormation stacks that are no longer emitted: these are removed, and other stacks may
 * have to wait for the removal.
 *
 * @throws {Refusal} DEP016 if a resource to be removed is protected, DEP017 if no order of stacks is possible
 */
export async function orderStacks(
  purpose: Purpose,
  stacks: readonly Stack[],
  open: readonly OpenSite[],
  signal?: AbortSignal,
): Promise<(Stack | OrphanedStack)[]> {
  const bySite = await Promise.all(
    open.map((at) => {
      const own = stacks.filter(({ site }) => site === at.site.id);
      return withControlPlaneErrors(`sites/${at.site.id}`, () => orderSite(purpose, own, at, signal));
    }),
  );
  return bySite.flat();
}

async function orderSite(
  purpose: Purpose,
  own: readonly Stack[],
  at: OpenSite,
  signal?: AbortSignal,
): Promise<readonly (Stack | OrphanedStack)[]> {
  if (!('clients' in at)) return purpose === 'destroy' ? reversed(own) : own;
  const live = await liveStacks(at.site, at.clients.cloudFormation, signal).catch((error: unknown) => {
    // The SDK replaces the reason of the abort signal with an error of its own.
    signal?.throwIfAborted();
    throw error;
  });
  if (purpose === 'destroy') return fromTheTop([...own, ...orphanedStacks(at.site, own, live)]);
  const ordered = inDeployableOrder(at.site, own, live);
  if (purpose === 'deploy') await refuseProtectedRemovals(at.site, own, live, at.clients);
  return ordered;
}
