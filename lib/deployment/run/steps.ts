import type { Stack } from '../../artifacts/stacks';
import { cdkDeployStep } from '../aws/deploy-step';
import { cdkDestroyStep } from '../aws/destroy-step';
import type { OpenSite } from '../gate/open-sites';
import { applyStep } from '../kubernetes/apply-step';
import { deleteStep } from '../kubernetes/delete-step';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { OnPremTool, Step } from '../model/step';
import { terraformApplyStep } from '../terraform/apply-step';
import { terraformDestroyStep } from '../terraform/destroy-step';

/** What a run does to the stacks. */
export type Action = { readonly kind: 'deploy' } | { readonly kind: 'destroy'; readonly unprotect: boolean };

/** The action, the estate, and the tool for Kubernetes sites. */
export interface StepsProps {
  readonly action: Action;
  readonly estate: string;
  readonly onPremBy: OnPremTool;
}

/** Steps that carry out the action on the given stacks at the sites that have been opened. */
export function stepsOf(props: StepsProps, stacks: readonly (Stack | OrphanedStack)[], open: readonly OpenSite[]): Step[] {
  const bySite = new Map(open.map((one) => [one.site.id, one]));
  return stacks.flatMap((stack) => {
    const at = bySite.get(stack.site);
    if (!at) return [];
    if ('file' in stack) return [stepOf(props, stack, at)];
    const { action } = props;
    // An orphaned stack is deleted by every action.
    return 'clients' in at ? [cdkDestroyStep(stack, at.clients, action.kind === 'destroy' && action.unprotect)] : [];
  });
}

function stepOf({ action, estate, onPremBy }: StepsProps, stack: Stack, at: OpenSite): Step {
  if (action.kind === 'deploy') {
    if ('clients' in at) return cdkDeployStep(stack, at.clients);
    return onPremBy === 'apply' ? applyStep(stack, estate, at.objects) : terraformApplyStep(stack, at.objects);
  }
  const { unprotect } = action;
  if ('clients' in at) return cdkDestroyStep(stack, at.clients, unprotect);
  return onPremBy === 'apply' ? deleteStep(stack, estate, at.objects, unprotect) : terraformDestroyStep(stack, at.objects, unprotect);
}
