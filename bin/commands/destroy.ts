import { Command } from 'commander';
import type { Stack } from '../../lib/artifacts/stacks';
import type { Choice, ChoiceProps } from '../../lib/deployment/gate/choice';
import { refuseProtected, refuseUnconfirmed } from '../../lib/deployment/gate/destroy-checks';
import type { OrphanedStack } from '../../lib/deployment/model/orphaned-stack';
import type { OnPremTool } from '../../lib/deployment/model/step';
import { confirmDestroy } from '../cli/confirm-destroy';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { run } from '../cli/run';
import { stderr } from '../cli/terminal';
import type { Artifacts } from '../input/artifacts';
import { estateOfArtifacts, json, only, onPremBy, out, site } from './options';

interface DestroyOptions extends Pick<ChoiceProps, 'site' | 'only'> {
  readonly out: string;
  readonly onPremBy: OnPremTool;
  readonly yes?: boolean;
  readonly unprotect?: boolean;
  readonly json?: boolean;
}

export const destroyCommand = new Command('destroy')
  .argument('[ESTATE]', estateOfArtifacts)
  .description('destroy what was deployed, after confirmation')
  .addOption(site())
  .addOption(only())
  .addOption(onPremBy())
  .option('--unprotect', 'also destroy what is protected')
  .option('--yes', 'do not ask for confirmation')
  .addOption(out())
  .addOption(json())
  .action((estate, options) => run(() => destroy(estate, options), { ...options, changes: true }));

/** Destroys what was deployed, after listing what is protected and asking for confirmation. */
async function destroy(estate: string | undefined, options: DestroyOptions): Promise<ExitCode> {
  const [{ chooseSites }, { withArtifacts }] = await Promise.all([
    import('../../lib/deployment/gate/choice.js'),
    import('../input/with-artifacts.js'),
  ]);
  return withArtifacts({ ...options, estate }, async (artifacts) =>
    confirmAndDestroy(artifacts, chooseSites(artifacts.sites, options), options),
  );
}

async function confirmAndDestroy(artifacts: Artifacts, choice: Choice, options: DestroyOptions): Promise<ExitCode> {
  const { yes, unprotect = false, onPremBy, json } = options;
  const { stacks, protections } = await stacksToDestroy(artifacts, choice, onPremBy);
  for (const { what, why } of protections) stderr.line(`protected: ${what}: ${why}`);
  if (!unprotect) refuseProtected(protections);
  if (!yes && !process.stdin.isTTY) refuseUnconfirmed();
  if (!yes && !(await isConfirmed(artifacts, choice, stacks))) return exitCode.usage;
  const { runDeployment } = await import('./run-deployment.js');
  return runDeployment(artifacts, { action: { kind: 'destroy', unprotect }, choice, onPremBy, json });
}

/** Returns all stacks that would be destroyed, also those that have left the description, and what of them is protected. */
async function stacksToDestroy({ plan, folders }: Artifacts, { sites }: Choice, onPremBy: OnPremTool) {
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

/** Prints how many resources would be destroyed, and asks for confirmation. */
async function isConfirmed({ plan }: Artifacts, { sites }: Choice, stacks: readonly (Stack | OrphanedStack)[]): Promise<boolean> {
  const { resourceCount } = await import('../../lib/deployment/run/resource-count.js');
  for (const { id } of sites) {
    const own = stacks.filter(({ site }) => site === id);
    const resources = own.reduce((sum, stack) => sum + resourceCount(stack), 0);
    stderr.line(`destroys ${plan.estate} at ${id}: ${resources} resources in ${own.length} stacks`);
  }
  return confirmDestroy(plan.estate, { input: process.stdin, output: process.stderr });
}
