import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { stderr, stdout } from '../cli/terminal';
import { describeEstate } from '../input/plan';
import { referenceDate } from '../input/reference-date';

/** Version of the JSON format. Within a version, fields may be added, but not removed or given another meaning. */
const version = 'diptych/check/1';

export interface CheckOptions {
  /** Reference date, such as `2027-03-01`. */
  readonly at?: string;
  readonly json?: boolean;
}

/** Prints all problems of an estate. */
export async function check(estate: string | undefined, { at, json }: CheckOptions): Promise<ExitCode> {
  const { problems } = await describeEstate(estate, referenceDate(at, process.env));
  if (json) stdout.line(JSON.stringify({ version, problems }, null, 2));
  else if (problems.length > 0) printProblems(problems);
  else stderr.line(stderr.style('green', 'The estate is valid.'));
  return problems.length > 0 ? exitCode.usage : exitCode.ok;
}
