import type { Stack } from '../../artifacts/stacks';
import { cloudStep } from '../aws/deploy-step';
import { cloudDestruction } from '../aws/destroy-step';
import type { OpenSite } from '../gate/open-sites';
import { applyStep } from '../kubernetes/apply-step';
import { objectDestruction } from '../kubernetes/delete-step';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { OnPremTool, Step } from '../model/step';
import { terraformStep } from '../terraform/apply-step';
import { terraformDestruction } from '../terraform/destroy-step';

/** What is done to stacks. */
export type Action = { readonly kind: 'deploy' } | { readonly kind: 'destroy'; readonly unprotect: boolean };

/** What is done to whose stacks, and how on-prem. */
export interface StepsProps {
  readonly action: Action;
  readonly estate: string;
  readonly onPremBy: OnPremTool;
}

/** The steps that do something to some stacks at the sites that were opened. */
export function stepsOf(props: StepsProps, stacks: readonly (Stack | OrphanedStack)[], open: readonly OpenSite[]): Step[] {
  const bySite = new Map(open.map((one) => [one.site.id, one]));
  return stacks.flatMap((stack) => {
    const at = bySite.get(stack.site);
    if (!at) return [];
    if ('file' in stack) return [stepOf(props, stack, at)];
    const { action } = props;
    // Nothing emits it any more: it goes, whatever is done to the others.
    return 'clients' in at ? [cloudDestruction(stack, at.clients, action.kind === 'destroy' && action.unprotect)] : [];
  });
}

function stepOf({ action, estate, onPremBy }: StepsProps, stack: Stack, at: OpenSite): Step {
  if (action.kind === 'deploy') {
    if ('clients' in at) return cloudStep(stack, at.clients);
    return onPremBy === 'apply' ? applyStep(stack, estate, at.objects) : terraformStep(stack, at.objects);
  }
  const { unprotect } = action;
  if ('clients' in at) return cloudDestruction(stack, at.clients, unprotect);
  return onPremBy === 'apply'
    ? objectDestruction(stack, estate, at.objects, unprotect)
    : terraformDestruction(stack, at.objects, unprotect);
}
