import { cloudStep } from './cloud/deploy';
import { applyStep } from './cluster/deploy';
import type { OpenSite } from './open-sites';
import type { Stack } from './stacks';
import type { Step } from './step';
import { terraformStep } from './terraform/deploy';

/** The steps that deploy some stacks to the sites that were opened. */
export function stepsOf(stacks: readonly Stack[], open: readonly OpenSite[], onPremBy: 'terraform' | 'apply'): Step[] {
  const bySite = new Map(open.map((one) => [one.site.id, one]));
  return stacks.flatMap((stack) => {
    const at = bySite.get(stack.site);
    if (!at) return [];
    if ('clients' in at) return [cloudStep(stack, at.clients)];
    return [onPremBy === 'apply' ? applyStep(stack, at.objects) : terraformStep(stack)];
  });
}
