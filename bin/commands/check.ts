import { Command } from 'commander';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { run } from '../cli/run';
import { stderr, stdout } from '../cli/terminal';
import { at, json } from './options';

/** Version of the JSON format. Within a version, fields may be added, but not removed or given another meaning. */
const version = 'diptych/check/1';

interface CheckOptions {
  /** Reference date, such as `2027-03-01`. */
  readonly at?: string;
  readonly json?: boolean;
}

export const checkCommand = new Command('check')
  .argument('[ESTATE]')
  .description('check an estate and print all problems')
  .addOption(at())
  .addOption(json())
  .action((estate, options) => run(() => check(estate, options), options));

/** Prints all problems of an estate. */
async function check(estate: string | undefined, options: CheckOptions): Promise<ExitCode> {
  const [{ describeEstate }, { referenceDate }] = await Promise.all([import('../input/plan.js'), import('../input/reference-date.js')]);
  const { problems } = await describeEstate(estate, referenceDate(options.at, process.env));
  if (options.json) stdout.line(JSON.stringify({ version, problems }, null, 2));
  else if (problems.length > 0) printProblems(problems);
  else stderr.line(stderr.style('green', 'The estate is valid.'));
  return problems.length > 0 ? exitCode.usage : exitCode.ok;
}
