import type { Stack } from '../../lib/artifacts/stacks';
import { type Choice, type ChoiceProps, chooseSites } from '../../lib/deployment/gate/choice';
import { refuseProtected, refuseUnconfirmed } from '../../lib/deployment/gate/destroy-checks';
import type { OrphanedStack } from '../../lib/deployment/model/orphaned-stack';
import type { OnPremTool } from '../../lib/deployment/model/step';
import { confirmDestroy } from '../cli/confirm-destroy';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { stderr } from '../cli/terminal';
import type { Artifacts } from '../input/artifacts';
import { withArtifacts } from '../input/with-artifacts';
import { runDeployment } from './run-deployment';

export interface DestroyOptions extends Pick<ChoiceProps, 'site' | 'only'> {
  readonly out: string;
  readonly onPremBy: OnPremTool;
  readonly yes?: boolean;
  readonly unprotect?: boolean;
  readonly json?: boolean;
}

/** Destroys what was deployed, after it has named what is protected and asked. */
export async function destroy(estate: string | undefined, options: DestroyOptions): Promise<ExitCode> {
  return withArtifacts({ ...options, estate }, async (artifacts) => afterAsking(artifacts, chooseSites(artifacts.sites, options), options));
}

async function afterAsking(artifacts: Artifacts, choice: Choice, options: DestroyOptions): Promise<ExitCode> {
  const { yes, unprotect = false, onPremBy, json } = options;
  const { stacks, protections } = await goingAt(artifacts, choice, onPremBy);
  for (const { what, why } of protections) stderr.line(`protected: ${what}: ${why}`);
  if (!unprotect) refuseProtected(protections);
  if (!yes && !process.stdin.isTTY) refuseUnconfirmed();
  if (!yes && !(await agreed(artifacts, choice, stacks))) return exitCode.usage;
  return runDeployment(artifacts, { action: { kind: 'destroy', unprotect }, choice, onPremBy, json });
}

/** Everything that would go, also what has left the description, and what of it is protected. */
async function goingAt({ plan, folders }: Artifacts, { sites }: Choice, onPremBy: OnPremTool) {
  const [{ openSites }, { checkTenancy }, { protectionsOf }, { readStacks }, { orderStacks }] = await Promise.all([
    import('../../lib/deployment/gate/open-sites.js'),
    import('../../lib/deployment/gate/tenancy.js'),
    import('../../lib/deployment/gate/protection.js'),
    import('../../lib/artifacts/stacks.js'),
    import('../../lib/deployment/run/stack-order.js'),
  ]);
  const [emitted, open] = [readStacks(folders, sites), await openSites(sites)];
  await checkTenancy({ estate: plan.estate, onPremBy }, emitted, open);
  const stacks = await orderStacks('destroy', emitted, open);
  return { stacks, protections: await protectionsOf(stacks, open) };
}

/** Says how much would go, and asks. */
async function agreed({ plan }: Artifacts, { sites }: Choice, stacks: readonly (Stack | OrphanedStack)[]): Promise<boolean> {
  const { resourceCount } = await import('../../lib/deployment/run/resource-count.js');
  for (const { id } of sites) {
    const own = stacks.filter(({ site }) => site === id);
    const resources = own.reduce((sum, stack) => sum + resourceCount(stack), 0);
    stderr.line(`destroys ${plan.estate} at ${id}: ${resources} resources in ${own.length} stacks`);
  }
  return confirmDestroy(plan.estate, { input: process.stdin, output: process.stderr });
}
