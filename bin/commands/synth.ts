import { relative } from 'node:path';
import { Command } from 'commander';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { run } from '../cli/run';
import { stderr, stdout } from '../cli/terminal';
import { at, json, out } from './options';

/** Version of the JSON format. Within a version, fields may be added, but not removed or given another meaning. */
const version = 'diptych/synth/1';

interface SynthOptions {
  /** Reference date, such as `2027-03-01`. */
  readonly at?: string;
  /** Folder for the artifacts. */
  readonly out: string;
  readonly json?: boolean;
}

export const synthCommand = new Command('synth')
  .argument('[ESTATE]')
  .description('write the CloudFormation, the Terraform and the plan of an estate')
  .addOption(at())
  .addOption(out())
  .addOption(json())
  .action((estate, options) => run(() => synth(estate, options), options));

/** Writes both halves and the plan of an estate, and prints the folders. */
async function synth(estate: string | undefined, options: SynthOptions): Promise<ExitCode> {
  const [{ foldersIn }, { referenceDate }, { runSynthesis }] = await Promise.all([
    import('../../lib/artifacts/folders.js'),
    import('../input/reference-date.js'),
    import('./run-synthesis.js'),
  ]);
  const folders = foldersIn(options.out);
  const { code, warnings } = await runSynthesis(estate, { folders, at: referenceDate(options.at, process.env), json: options.json });
  if (code !== exitCode.ok) return code;
  const [cloud, terraform, diptych] = [folders.cloud, folders.terraform, folders.diptych].map((folder) => relative(process.cwd(), folder));
  if (options.json) stdout.line(JSON.stringify({ version, folders: { cloud, terraform, diptych }, warnings }, null, 2));
  else for (const folder of [cloud, terraform, diptych]) stderr.line(folder);
  return code;
}
