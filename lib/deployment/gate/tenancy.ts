import type { Stack } from '../../artifacts/stacks';
import type { Problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import type { NameConflict } from '../model/preflight';
import { stackConflicts } from './aws-tenancy';
import { withControlPlaneErrors } from './control-plane-errors';
import { objectConflicts, type Tenant } from './kubernetes-tenancy';
import type { OpenSite } from './open-sites';

/**
 * Checks that no live stack, namespace or inventory with a name used by these stacks belongs to another estate.
 *
 * @throws {Refusal} DEP015 with one problem per site
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

/** Names of a site's stacks and objects that another estate already uses there. */
export async function nameConflicts(tenant: Tenant, own: readonly Stack[], at: OpenSite): Promise<NameConflict[]> {
  if ('objects' in at) return (await Promise.all(own.map((stack) => objectConflicts(tenant, stack, at.objects)))).flat();
  const names = own.map(({ name }) => name);
  return stackConflicts(tenant.estate, names, at.clients);
}

function conflict(path: string, estate: string, taken: readonly NameConflict[]): Problem {
  const others = [...new Set(taken.map((one) => one.estate))].sort();
  const found = taken.map(({ what }) => what).join(', ');
  return deploymentProblem('DEP015', path, {
    wrong: `names of estate ${estate} are already used by estate ${others.join(' and ')}`,
    rule: 'a name in a cluster or an account must belong to one estate',
    fix: `Use another cluster or account, or other names; or destroy ${others.join(' and ')} there first. Found: ${found}.`,
  });
}
