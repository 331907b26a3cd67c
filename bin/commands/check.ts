import { Command } from 'commander';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems, printWarnings } from '../cli/print-problems';
import { run } from '../cli/run';
import { stderr, stdout } from '../cli/terminal';
import { at, json } from './options';

/** Version of the JSON format. Within a version, fields may be added, but not removed or given another meaning. */
const version = 'diptych/check/1';

interface CheckOptions {
  /** Reference date, such as `2027-03-01`. */
  readonly at?: string;
  readonly json?: boolean;
  /** Exits with 1 if there are warnings. */
  readonly strict?: boolean;
}

export const checkCommand = new Command('check')
  .argument('[ESTATE]')
  .description('check an estate and print all problems')
  .addOption(at())
  .option('--strict', 'exit with 1 if there are warnings')
  .addOption(json())
  .action((estate, options) => run(() => check(estate, options), options));

/** Prints all problems of an estate; if there are none, its warnings. */
async function check(estate: string | undefined, options: CheckOptions): Promise<ExitCode> {
  const [{ describeEstate }, { referenceDate }] = await Promise.all([import('../input/plan.js'), import('../input/reference-date.js')]);
  const { problems, warnings } = await describeEstate(estate, referenceDate(options.at, process.env));
  if (options.json) stdout.line(JSON.stringify({ version, problems, warnings }, null, 2));
  else {
    printProblems(problems);
    printWarnings(warnings);
    if (problems.length === 0) stderr.line(stderr.style('green', 'The estate is valid.'));
  }
  if (problems.length > 0) return exitCode.usage;
  return options.strict && warnings.length > 0 ? exitCode.findings : exitCode.ok;
}
