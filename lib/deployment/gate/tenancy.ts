import type { Stack } from '../../artifacts/stacks';
import { type Problem, problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import type { NameConflict } from '../model/preflight';
import { stackConflicts } from './aws-tenancy';
import { withControlPlaneErrors } from './control-plane-errors';
import { objectConflicts, type Tenant } from './kubernetes-tenancy';
import type { OpenSite } from './open-sites';

/**
 * Makes sure that nothing of another estate bears a name that the stacks of this one are about to take.
 *
 * @throws {Refusal} DEP015 with every site where something does
 */
export async function checkTenancy(tenant: Tenant, stacks: readonly Stack[], open: readonly OpenSite[]): Promise<void> {
  const problems: Problem[] = [];
  for (const at of open) {
    const path = `sites/${at.site.id}`;
    const own = stacks.filter(({ site }) => site === at.site.id);
    const taken = await withControlPlaneErrors(path, () => nameConflicts(tenant, own, at));
    if (taken.length > 0) problems.push(conflict(path, tenant.estate, taken));
  }
  if (problems.length > 0) throw new Refusal('refused', problems);
}

/** Names of some stacks of a site that another estate has taken there. */
export async function nameConflicts(tenant: Tenant, own: readonly Stack[], at: OpenSite): Promise<NameConflict[]> {
  if ('objects' in at) return (await Promise.all(own.map((stack) => objectConflicts(tenant, stack, at.objects)))).flat();
  const names = own.map(({ name }) => name);
  return stackConflicts(tenant.estate, names, at.clients);
}

function conflict(path: string, estate: string, taken: readonly NameConflict[]): Problem {
  const others = [...new Set(taken.map((one) => one.estate))].sort();
  const as = `what stands there under the names of ${estate} must be its own`;
  const found = taken.map(({ what }) => what).join(', ');
  const fix = `Use a cluster or an account of its own, or other names; or destroy ${others.join(' and ')} there first. Found: ${found}.`;
  return problem('DEP015', path, { cannot: 'use the site', as, value: others, fix });
}
