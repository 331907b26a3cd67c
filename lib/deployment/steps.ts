import { cloudStep } from './cloud/deploy';
import { cloudDestruction } from './cloud/destroy';
import { applyStep } from './cluster/deploy';
import { objectDestruction } from './cluster/destroy';
import type { OpenSite } from './open-sites';
import type { Stack } from './stacks';
import type { OnPremTool, Step } from './step';
import { terraformStep } from './terraform/deploy';
import { terraformDestruction } from './terraform/destroy';

/** What is done to stacks. */
export type Action = { readonly kind: 'deploy' } | { readonly kind: 'destroy'; readonly unprotect: boolean };

/** The steps that do something to some stacks at the sites that were opened. */
export function stepsOf(action: Action, stacks: readonly Stack[], open: readonly OpenSite[], onPremBy: OnPremTool): Step[] {
  const bySite = new Map(open.map((one) => [one.site.id, one]));
  return stacks.flatMap((stack) => {
    const at = bySite.get(stack.site);
    return at ? [action.kind === 'deploy' ? deployment(stack, at, onPremBy) : destruction(stack, at, onPremBy, action.unprotect)] : [];
  });
}

function deployment(stack: Stack, at: OpenSite, onPremBy: OnPremTool): Step {
  if ('clients' in at) return cloudStep(stack, at.clients);
  return onPremBy === 'apply' ? applyStep(stack, at.objects) : terraformStep(stack, at.objects);
}

function destruction(stack: Stack, at: OpenSite, onPremBy: OnPremTool, unprotect: boolean): Step {
  if ('clients' in at) return cloudDestruction(stack, at.clients, unprotect);
  return onPremBy === 'apply' ? objectDestruction(stack, at.objects, unprotect) : terraformDestruction(stack, unprotect);
}
