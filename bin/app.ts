import { App } from 'aws-cdk-lib/core';
import { declaredSites, inputDigests } from '../lib/artifacts/digests';
import { foldersBeside } from '../lib/artifacts/folders';
import { abandonSynthesis } from '../lib/artifacts/synthesis';
import { contextKey } from '../lib/estate/load/load';
import { synthesizeEstate } from '../stacks/estate';
import { type ExitCode, exitCode } from './cli/exit-code';
import { printProblems, printWarnings } from './cli/print-problems';
import { run } from './cli/run';
import { describeEstate } from './input/plan';
import { referenceDate } from './input/reference-date';

/** What `cdk.json` runs: `cdk synth`, `diff` and `deploy` all go through here. */
async function app(): Promise<ExitCode> {
  const folders = foldersBeside(process.env.CDK_OUTDIR ?? 'cdk.out');
  const { plan, source, problems, warnings } = await describeEstate(estateOfContext(), referenceDate(undefined, process.env));
  if (!plan || !source) {
    abandonSynthesis(folders);
    printProblems(problems);
    return exitCode.usage;
  }
  printWarnings(warnings);
  synthesizeEstate(plan, { folders, inputs: inputDigests(source.raw), deploymentOrder: declaredSites(source.raw) });
  return exitCode.ok;
}

/** The estate that the context names: that of `cdk.json`, or of `-c` on the CDK's command line. */
function estateOfContext(): string | undefined {
  return new App({ autoSynth: false }).node.tryGetContext(contextKey) as string | undefined;
}

void run(app);
