import { App } from 'aws-cdk-lib/core';
import { foldersBeside } from '../lib/artifacts/folders';
import { contextKey } from '../lib/estate/load/default-estate';
import type { ExitCode } from './cli/exit-code';
import { guardProcessEnd } from './cli/process-end';
import { run, surviveClosedOutput } from './cli/run';
import { runSynthesis } from './commands/run-synthesis';
import { referenceDate } from './input/reference-date';

/** What `cdk.json` runs: `cdk synth`, `diff` and `deploy` all go through here. */
async function app(): Promise<ExitCode> {
  const folders = foldersBeside(process.env.CDK_OUTDIR ?? 'cdk.out');
  return runSynthesis(estateOfContext(), { folders, at: referenceDate(undefined, process.env) });
}

/** The estate that the context names: that of `cdk.json`, or of `-c` on the CDK's command line. */
function estateOfContext(): string | undefined {
  return new App({ autoSynth: false }).node.tryGetContext(contextKey) as string | undefined;
}

surviveClosedOutput();
guardProcessEnd();
void run(app);
