import { relative } from 'node:path';
import type { Choice } from '../../lib/deployment/gate/choice';
import type { OnPremTool } from '../../lib/deployment/model/step';
import type { DeploymentRecord, StepRecord } from '../../lib/deployment/run/record';
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
  const unended = new Map<string, StepRecord>();
  const work = (cancel: AbortController) =>
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
      begin: (steps) => {
        const show = view.begin(steps);
        return (step) => {
          if (step.status === 'running') unended.set(step.stack, step);
          else unended.delete(step.stack);
          show(step);
        };
      },
    });
  const record = await cancellable(work, () => leftBehind([...unended.values()]));
  await view.end();
  if (json) stdout.line(JSON.stringify(record, null, 2));
  else {
    if (!draws) for (const step of record.steps) stdout.line(`${step.stack}: ${endOf(step)}`);
    summarize(record, relative(process.cwd(), deployment.historyFolder(folders)));
  }
  return record.outcome === 'done' ? exitCode.ok : exitCode.findings;
}

/** What a run leaves behind if it ends before its tools. */
function leftBehind(steps: readonly StepRecord[]): string[] {
  const groupsOf = ({ groups }: StepRecord) => (groups.length === 0 ? '' : `, process group ${groups.map(({ pid }) => pid).join(', ')}`);
  return [
    'ended before everything was cleaned up',
    ...steps.map((step) => `still running: ${step.stack} (${step.by}${groupsOf(step)}); a tool is asked to end, and killed after 60 s`),
    'The Lease of each cluster expires a minute after it was last renewed.',
    'Run the same command again: it waits for what is still running, and resumes.',
  ];
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
