import { type Problem, problem } from '../core/problem';
import { type Taken, type Tenant, takenNames } from './cluster/other-estates';
import { unlessDenied } from './denial';
import type { OpenSite } from './open-sites';
import { Refusal } from './refusal';
import type { Stack } from './stacks';

/**
 * Makes sure that nothing of another estate bears a name that the stacks of this one are about to take.
 *
 * @throws {Refusal} DEP015 with every cluster where something does
 */
export async function refuseOtherEstates(tenant: Tenant, stacks: readonly Stack[], open: readonly OpenSite[]): Promise<void> {
  const problems: Problem[] = [];
  for (const at of open) {
    if (!('objects' in at)) continue;
    const { site, objects } = at;
    const path = `sites/${site.id}`;
    const own = stacks.filter((stack) => stack.site === site.id);
    const taken = await unlessDenied(path, async () => (await Promise.all(own.map((stack) => takenNames(tenant, stack, objects)))).flat());
    if (taken.length > 0) problems.push(inhabited(path, tenant.estate, taken));
  }
  if (problems.length > 0) throw new Refusal('refused', problems);
}

function inhabited(path: string, estate: string, taken: readonly Taken[]): Problem {
  const others = [...new Set(taken.map((one) => one.estate))].sort();
  const as = `what stands there under the names of ${estate} must be its own`;
  const found = taken.map(({ what }) => what).join(', ');
  const fix = `Use a cluster of its own, or other names; or destroy ${others.join(' and ')} there first. Found: ${found}.`;
  return problem('DEP015', path, { cannot: 'use the cluster', as, value: others, fix });
}
