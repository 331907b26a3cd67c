import { relative } from 'node:path';
import { Command } from 'commander';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems, printWarnings } from '../cli/print-problems';
import { run } from '../cli/run';
import { stderr } from '../cli/terminal';
import { at, out } from './options';

interface SynthOptions {
  /** Reference date, such as `2027-03-01`. */
  readonly at?: string;
  /** Folder for the artifacts. */
  readonly out: string;
}

export const synthCommand = new Command('synth')
  .argument('[ESTATE]')
  .description('write the CloudFormation, the Terraform and the plan of an estate')
  .addOption(at())
  .addOption(out())
  .action((estate, options) => run(() => synth(estate, options)));

/** Writes both halves and the plan of an estate. */
async function synth(estate: string | undefined, options: SynthOptions): Promise<ExitCode> {
  const [{ declaredSites, inputDigests }, { foldersIn }, { abandonSynthesis }, { describeEstate }, { referenceDate }] = await Promise.all([
    import('../../lib/artifacts/digests.js'),
    import('../../lib/artifacts/folders.js'),
    import('../../lib/artifacts/synthesis.js'),
    import('../input/plan.js'),
    import('../input/reference-date.js'),
  ]);
  const folders = foldersIn(options.out);
  const { plan, source, problems, warnings } = await describeEstate(estate, referenceDate(options.at, process.env));
  if (!plan || !source) {
    abandonSynthesis(folders);
    printProblems(problems);
    return exitCode.usage;
  }
  printWarnings(warnings);
  const { synthesizeEstate } = await import('../../stacks/estate.js');
  synthesizeEstate(plan, { folders, inputs: inputDigests(source.raw), deploymentOrder: declaredSites(source.raw) });
  for (const folder of [folders.cloud, folders.terraform, folders.diptych]) stderr.line(relative(process.cwd(), folder));
  return exitCode.ok;
}
