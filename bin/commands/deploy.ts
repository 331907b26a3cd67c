import { type ChoiceProps, chooseSites } from '../../lib/deployment/gate/choice';
import type { Change } from '../../lib/deployment/model/preflight';
import type { OnPremTool } from '../../lib/deployment/model/step';
import type { StackPlan } from '../../lib/deployment/run/preview';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { cancellable } from '../cli/signals';
import { stdout } from '../cli/terminal';
import type { Artifacts } from '../input/artifacts';
import { withArtifacts } from '../input/with-artifacts';
import { runDeployment } from './run-deployment';

export interface DeployOptions extends ChoiceProps {
  readonly out: string;
  readonly onPremBy: OnPremTool;
  readonly plan?: boolean;
  readonly json?: boolean;
}

/** Version of what `--plan --json` prints: a field may be added within one, never removed or given another meaning. */
const planVersion = 'diptych/deployment-plan/1';

/** Deploys both halves of an estate to its control planes, from artifacts that are there and whole. */
export async function deploy(estate: string | undefined, options: DeployOptions): Promise<ExitCode> {
  const { onPremBy, json } = options;
  return withArtifacts({ ...options, estate }, async (artifacts) => {
    const choice = chooseSites(artifacts.sites, options);
    return options.plan ? showPlan(artifacts, options) : runDeployment(artifacts, { action: { kind: 'deploy' }, choice, onPremBy, json });
  });
}

async function showPlan({ plan, folders: outputs, sites }: Artifacts, options: DeployOptions): Promise<ExitCode> {
  const { planDeployment } = await import('../../lib/deployment/run/preview.js');
  const { estate } = plan;
  const { onPremBy } = options;
  const choice = chooseSites(sites, options);
  const plans = await cancellable((cancel) => planDeployment({ estate, outputs, choice, onPremBy, signal: cancel.signal }));
  if (options.json) stdout.line(JSON.stringify({ version: planVersion, stacks: plans }, null, 2));
  else printPlan(plans);
  return plans.some(({ changes }) => changes.some(({ action }) => action === 'refused')) ? exitCode.findings : exitCode.ok;
}

const actions: readonly Change['action'][] = ['add', 'change', 'replace', 'remove', 'refused'];

/** Per stack what would become of it, then how much of each in all; what is refused only where anything is. */
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
