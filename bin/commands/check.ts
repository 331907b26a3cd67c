import { type ExitCode, exitCode } from '../cli/exit-code';
import { printProblems } from '../cli/print-problems';
import { stderr, stdout } from '../cli/terminal';
import { describeEstate } from '../input/plan';
import { referenceDate } from '../input/reference-date';

/** Version of what `--json` prints: a field may be added within one, never removed or given another meaning. */
const version = 'diptych/check/1';

export interface CheckOptions {
  /** Day at which what ends on a day is judged. */
  readonly at?: string;
  readonly json?: boolean;
}

/** Says everything that is wrong with an estate. */
export async function check(estate: string | undefined, { at, json }: CheckOptions): Promise<ExitCode> {
  const { problems } = await describeEstate(estate, referenceDate(at, process.env));
  if (json) stdout.line(JSON.stringify({ version, problems }, null, 2));
  else if (problems.length > 0) printProblems(problems);
  else stderr.line(stderr.style('green', 'Nothing is wrong with the estate.'));
  return problems.length > 0 ? exitCode.usage : exitCode.ok;
}
