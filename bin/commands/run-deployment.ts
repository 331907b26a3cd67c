import { relative } from 'node:path';
import type { Choice } from '../../lib/deployment/gate/choice';
import type { OnPremTool } from '../../lib/deployment/model/step';
import type { DeploymentRecord } from '../../lib/deployment/run/record';
import type { Action } from '../../lib/deployment/run/steps';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { cancellable } from '../cli/signals';
import { stderr, stdout } from '../cli/terminal';
import type { Artifacts } from '../input/artifacts';

/** Options of {@link runDeployment}. */
export interface RunDeploymentProps {
  readonly action: Action;
  readonly choice: Choice;
  readonly onPremBy: OnPremTool;
  readonly json?: boolean;
}

/** Deploys or destroys stacks, shows progress, and prints the result of every stack. */
export async function runDeployment(
  { plan, folders, digest, digestNow }: Artifacts,
  { action, choice, onPremBy, json }: RunDeploymentProps,
): Promise<ExitCode> {
  const [deployment, { endOf, lineView, listView }] = await Promise.all([
    import('../../lib/deployment/run/deployment.js'),
    import('../../lib/deployment/run/view.js'),
  ]);
  const say = (line: string) => stderr.line(line);
  // The progress list is drawn on standard output, which must contain only JSON with --json.
  const draws = stdout.isScreen && !json;
  const view = draws ? listView() : lineView(say);
  const record = await cancellable((cancel) =>
    deployment.deploy({
      action,
      estate: plan.estate,
      outputs: folders,
      artifacts: digest,
      artifactsNow: digestNow,
      choice,
      onPremBy,
      cancel,
      say,
      begin: (steps) => view.begin(steps),
    }),
  );
  await view.end();
  if (json) stdout.line(JSON.stringify(record, null, 2));
  else {
    if (!draws) for (const step of record.steps) stdout.line(`${step.stack}: ${endOf(step)}`);
    summarize(record, relative(process.cwd(), deployment.historyFolder(folders)));
  }
  return record.outcome === 'done' ? exitCode.ok : exitCode.findings;
}

const nouns: Readonly<Record<DeploymentRecord['action'], string>> = { deploy: 'deployment', destroy: 'destruction' };

/** Prints problems, the sites that were not reached, and the outcome. */
function summarize({ action, number, outcome, steps }: DeploymentRecord, folder: string): void {
  printProblems(steps.flatMap(({ problem }) => problem ?? []));
  const reached = new Set(steps.filter(({ status }) => status !== 'not-reached').map(({ site }) => site));
  for (const site of new Set(steps.map((step) => step.site))) if (!reached.has(site)) stdout.line(`not reached: site ${site}`);
  const changed = steps.some((step) => step.changed);
  stdout.line(outcome === 'done' && !changed ? 'nothing changed' : `${nouns[action]} ${number}: ${outcome}`);
  stderr.line(`recorded in ${folder}/${number}.json`);
}
