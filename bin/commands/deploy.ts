import { relative } from 'node:path';
import { type ChoiceProps, chooseSites } from '../../lib/deployment/choice';
import type { OnPremTool } from '../../lib/deployment/deploy';
import type { DeploymentRecord } from '../../lib/deployment/record-schema';
import { type Artifacts, artifactsOf } from '../artifacts-of';
import { cancellable } from '../cancellation';
import { type ExitCode, exitCode } from '../exit-code';
import { printProblems } from '../print-problems';
import { unlessRefused } from '../refusals';
import { stderr, stdout } from '../terminal';

export interface DeployOptions extends ChoiceProps {
  readonly out: string;
  readonly onPremBy: OnPremTool;
  readonly plan?: boolean;
  readonly json?: boolean;
}

/** Deploys both halves of an estate to its control planes, from artifacts that are there and whole. */
export async function deploy(estate: string | undefined, options: DeployOptions): Promise<ExitCode> {
  const { artifacts, problems } = await artifactsOf(estate, options.out);
  if (!artifacts) {
    printProblems(problems);
    return exitCode.usage;
  }
  return unlessRefused(() => (options.plan ? showPlan(artifacts, options) : carryOut(artifacts, options)));
}

async function carryOut({ plan, folders, digest, sites }: Artifacts, options: DeployOptions): Promise<ExitCode> {
  const [deployment, { lineView, listView }] = await Promise.all([
    import('../../lib/deployment/deploy.js'),
    import('../../lib/deployment/view.js'),
  ]);
  const view = process.stderr.isTTY ? listView() : lineView((line) => stderr.line(line));
  const record = await cancellable((cancel) =>
    deployment.deploy({
      estate: plan.estate,
      outputs: folders,
      artifacts: digest,
      choice: chooseSites(sites, options),
      onPremBy: options.onPremBy,
      cancel,
      say: (line) => stderr.line(line),
      begin: (steps) => view.begin(steps),
    }),
  );
  await view.end();
  if (options.json) stdout.line(JSON.stringify(record, null, 2));
  else summarize(record, relative(process.cwd(), deployment.historyFolder(folders)));
  return record.outcome === 'done' ? exitCode.ok : exitCode.findings;
}

/** Per stack what became of it, then every site that was not reached. */
function summarize({ number, outcome, steps }: DeploymentRecord, folder: string): void {
  for (const { stack, status, summary } of steps) stdout.line(`${stack}: ${summary ?? status}`);
  printProblems(steps.flatMap(({ problem }) => problem ?? []));
  const reached = new Set(steps.filter(({ status }) => status !== 'not-reached').map(({ site }) => site));
  for (const site of new Set(steps.map((step) => step.site))) if (!reached.has(site)) stdout.line(`not reached: site ${site}`);
  const changed = steps.some((step) => step.changed);
  stdout.line(outcome === 'done' && !changed ? 'nothing changed' : `deployment ${number}: ${outcome}`);
  stderr.line(`recorded in ${folder}/${number}.json`);
}

async function showPlan({ folders, sites }: Artifacts, options: DeployOptions): Promise<ExitCode> {
  const { planDeployment } = await import('../../lib/deployment/plan-deployment.js');
  const choice = chooseSites(sites, options);
  const plans = await cancellable((cancel) => planDeployment(folders, choice, options.onPremBy, cancel.signal));
  if (options.json) stdout.line(JSON.stringify({ version: 'diptych/deployment-plan/1', stacks: plans }, null, 2));
  else
    for (const { stack, changes } of plans) {
      stdout.line(`${stack}: ${changes.length === 0 ? 'nothing changes' : ''}`.trimEnd());
      for (const { action, what } of changes) stdout.line(`  ${action.padEnd(8)} ${what}`);
    }
  return exitCode.ok;
}
