import { Command, Option } from 'commander';
import { stackKinds } from '../../lib/artifacts/stack-kinds';
import type { Choice, ChoiceProps } from '../../lib/deployment/gate/choice';
import type { Change } from '../../lib/deployment/model/preflight';
import type { OnPremTool } from '../../lib/deployment/model/step';
import type { StackPlan } from '../../lib/deployment/run/preview';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { run } from '../cli/run';
import { cancellable } from '../cli/signals';
import { stdout } from '../cli/terminal';
import type { Artifacts } from '../input/artifacts';
import { estateOfArtifacts, json, only, onPremBy, out, site, siteLost } from './options';

interface DeployOptions extends ChoiceProps {
  readonly out: string;
  readonly onPremBy: OnPremTool;
  readonly plan?: boolean;
  readonly json?: boolean;
}

/** Version of the JSON format of `--plan`. Within a version, fields may be added, but not removed or given another meaning. */
const planVersion = 'diptych/deployment-plan/1';

export const deployCommand = new Command('deploy')
  .argument('[ESTATE]', estateOfArtifacts)
  .description('deploy both halves, in order, from the artifacts of a synthesis')
  .addOption(site())
  .addOption(only())
  .addOption(new Option('--stacks <kind...>', 'only stacks of these kinds').choices(stackKinds))
  .option('--first <site>', 'finish this site before any other is started')
  .addOption(siteLost())
  .addOption(onPremBy())
  .option('--plan', 'show what would be added, changed, replaced and removed, without changing anything')
  .addOption(out())
  .addOption(json())
  .action((estate, options) => run(() => deploy(estate, options), { ...options, changes: true }));

/** Deploys both halves of an estate to its control planes. */
async function deploy(estate: string | undefined, options: DeployOptions): Promise<ExitCode> {
  const [{ chooseSites }, { withArtifacts }, { runDeployment }] = await Promise.all([
    import('../../lib/deployment/gate/choice.js'),
    import('../input/with-artifacts.js'),
    import('./run-deployment.js'),
  ]);
  return withArtifacts({ ...options, estate }, async (artifacts) => {
    const choice = chooseSites(artifacts.sites, options);
    if (options.plan) return showPlan(artifacts, choice, options);
    return runDeployment(artifacts, { action: { kind: 'deploy' }, choice, onPremBy: options.onPremBy, json: options.json });
  });
}

async function showPlan({ plan, folders: outputs }: Artifacts, choice: Choice, options: DeployOptions): Promise<ExitCode> {
  const { planDeployment } = await import('../../lib/deployment/run/preview.js');
  const { estate } = plan;
  const { onPremBy } = options;
  const plans = await cancellable((cancel) => planDeployment({ estate, outputs, choice, onPremBy, signal: cancel.signal }));
  if (options.json) stdout.line(JSON.stringify({ version: planVersion, stacks: plans }, null, 2));
  else printPlan(plans);
  return plans.some(({ changes }) => changes.some(({ action }) => action === 'refused')) ? exitCode.findings : exitCode.ok;
}

const actions: readonly Change['action'][] = ['add', 'change', 'replace', 'remove', 'refused'];

/** Prints the changes of each stack and a summary. Refused changes are counted only if there are any. */
function printPlan(plans: readonly StackPlan[]): void {
  for (const { stack, changes } of plans) {
    stdout.line(`${stack}:${changes.length === 0 ? ' nothing changes' : ''}`);
    for (const { action, what, why } of changes) stdout.line(`  ${action.padEnd(8)} ${what}${why === undefined ? '' : `: ${why}`}`);
  }
  const all = plans.flatMap(({ changes }) => changes);
  const counts = actions.map((action) => ({ action, count: all.filter((change) => change.action === action).length }));
  const told = counts.filter(({ action, count }) => action !== 'refused' || count > 0);
  stdout.line(told.map(({ action, count }) => `${count} ${action === 'refused' ? action : `to ${action}`}`).join(', '));
}
