import { DescriptionError, problem } from '../../lib/core/problem';

/** The first moment of a day in UTC; nothing for what is no day. */
function startOf(day: string): Date | undefined {
  const at = new Date(`${day}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? at : undefined;
}

/** A moment as the reproducible builds name it, in seconds; nothing for what is none. */
function afterEpoch(seconds: string): Date | undefined {
  const at = new Date(Number(seconds) * 1_000);
  return /^\d+$/.test(seconds) && !Number.isNaN(at.getTime()) ? at : undefined;
}

function unreadable(path: string, as: string, value: string, fix: string): DescriptionError {
  return new DescriptionError([problem('CMD007', path, { cannot: 'judge what ends on a day', as, value, fix })]);
}

/**
 * The moment at which an estate is judged: a day that was asked for, else SOURCE_DATE_EPOCH, else now.
 *
 * @throws {DescriptionError} CMD007 for what is no day or no number of seconds
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function referenceDate(day: string | undefined, { SOURCE_DATE_EPOCH: seconds }: NodeJS.ProcessEnv): Date {
  if (day !== undefined) {
    const at = startOf(day);
    if (!at) throw unreadable('--at', 'a day is written as in 2027-03-01', day, 'Write --at 2027-03-01.');
    return at;
  }
  if (seconds === undefined) return new Date();
  const at = afterEpoch(seconds);
  if (!at)
    throw unreadable(
      'SOURCE_DATE_EPOCH',
      'it is a number of seconds since 1970',
      seconds,
      'Unset SOURCE_DATE_EPOCH, or set it to a number.',
    );
  return at;
}
