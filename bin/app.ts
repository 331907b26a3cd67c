import { join, relative } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { foldersBeside } from '../lib/artifacts/folders';
import { contextKey } from '../lib/estate/load/default-estate';
import { type ExitCode, exitCode } from './cli/exit-code';
import { guardProcessEnd } from './cli/process-end';
import { run, surviveClosedOutput } from './cli/run';
import { stderr } from './cli/terminal';
import { runSynthesis } from './commands/run-synthesis';
import { referenceDate } from './input/reference-date';

/** What `cdk.json` runs: `cdk synth`, `diff` and `deploy` all go through here. */
async function app(): Promise<ExitCode> {
  const folders = foldersBeside(process.env.CDK_OUTDIR ?? 'cdk.out');
  const { code } = await runSynthesis(estateOfContext(), { folders, at: referenceDate(undefined, process.env) });
  // The CDK names only its own output.
  if (code === exitCode.ok) {
    const [terraform, plan] = [folders.terraform, join(folders.diptych, 'plan.md')].map((path) => relative(process.cwd(), path));
    stderr.line(`The on-prem half is in ${terraform}, and the plan in ${plan}.`);
  }
  return code;
}

/** The estate that the context names: that of `cdk.json`, or of `-c` on the CDK's command line. */
function estateOfContext(): string | undefined {
  return new App({ autoSynth: false }).node.tryGetContext(contextKey) as string | undefined;
}

surviveClosedOutput();
guardProcessEnd();
void run(app);
