import { App } from 'aws-cdk-lib/core';
import { abandonSynthesis, inputDigests } from '../lib/estate/artifacts';
import { foldersBeside } from '../lib/estate/folders';
import { contextKey } from '../lib/estate/load';
import { synthesizeEstate } from '../stacks/estate';
import { describeEstate } from './describe';
import { type ExitCode, exitCode } from './exit-code';
import { momentOf } from './moment';
import { printProblems } from './print-problems';
import { run } from './run';

/** What `cdk.json` runs: `cdk synth`, `diff` and `deploy` all go through here. */
async function app(): Promise<ExitCode> {
  const folders = foldersBeside(process.env.CDK_OUTDIR ?? 'cdk.out');
  const { plan, source, problems } = await describeEstate(estateOfContext(), momentOf(undefined, process.env));
  if (!plan || !source) {
    abandonSynthesis(folders);
    printProblems(problems);
    return exitCode.usage;
  }
  synthesizeEstate(plan, { folders, inputs: inputDigests(source.raw) });
  return exitCode.ok;
}

/** The estate that the context names: that of `cdk.json`, or of `-c` on the CDK's command line. */
function estateOfContext(): string | undefined {
  return new App({ autoSynth: false }).node.tryGetContext(contextKey) as string | undefined;
}

void run(app);
