import { relative } from 'node:path';
import { Command } from 'commander';
import { type ExitCode, exitCode } from '../cli/exit-code';
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

/** Writes both halves and the plan of an estate, and prints the folders. */
async function synth(estate: string | undefined, options: SynthOptions): Promise<ExitCode> {
  const [{ foldersIn }, { referenceDate }, { runSynthesis }] = await Promise.all([
    import('../../lib/artifacts/folders.js'),
    import('../input/reference-date.js'),
    import('./run-synthesis.js'),
  ]);
  const folders = foldersIn(options.out);
  const code = await runSynthesis(estate, { folders, at: referenceDate(options.at, process.env) });
  if (code === exitCode.ok) {
    for (const folder of [folders.cloud, folders.terraform, folders.diptych]) stderr.line(relative(process.cwd(), folder));
  }
  return code;
}
