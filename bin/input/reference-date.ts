import { DescriptionError } from '../../lib/core/problem';
import { commandProblem } from '../cli/codes';

/** Returns midnight UTC of a date such as `2027-03-01`; undefined for any other text. */
function startOfDay(day: string): Date | undefined {
  const at = new Date(`${day}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? at : undefined;
}

/** Returns the time a number of seconds after 1970; undefined for a text that is not a number of seconds. */
function afterEpoch(seconds: string): Date | undefined {
  const at = new Date(Number(seconds) * 1_000);
  return /^\d+$/.test(seconds) && !Number.isNaN(at.getTime()) ? at : undefined;
}

function invalid(path: string, wrong: string, rule: string, got: string, fix: string): DescriptionError {
  return new DescriptionError([commandProblem('CMD007', path, { wrong, rule, got, fix })]);
}

/**
 * Returns the date at which an estate is checked: the given day, else SOURCE_DATE_EPOCH, else the current time.
 *
 * @throws {DescriptionError} CMD007 for an invalid date or an invalid number of seconds
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function referenceDate(day: string | undefined, { SOURCE_DATE_EPOCH: seconds }: NodeJS.ProcessEnv): Date {
  if (day !== undefined) {
    const at = startOfDay(day);
    if (!at) throw invalid('--at', 'this is not a date', '--at must be a date in the form 2027-03-01', day, 'Write --at 2027-03-01.');
    return at;
  }
  if (seconds === undefined) return new Date();
  const at = afterEpoch(seconds);
  if (!at) {
    const rule = 'SOURCE_DATE_EPOCH must be a number of seconds since 1970';
    throw invalid('SOURCE_DATE_EPOCH', 'this is not a number of seconds', rule, seconds, 'Unset SOURCE_DATE_EPOCH, or set it to a number.');
  }
  return at;
}
