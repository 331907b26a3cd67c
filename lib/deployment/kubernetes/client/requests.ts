import { setTimeout as sleep } from 'node:timers/promises';

/** Timeout and interval of a poll. */
export interface PollProps {
  readonly seconds: number;
  readonly intervalMilliseconds: number;
  readonly signal: AbortSignal;
}

/**
 * Calls a function until it returns true.
 *
 * @returns false if the timeout is exceeded
 */
export async function poll(look: () => Promise<boolean>, { seconds, intervalMilliseconds, signal }: PollProps): Promise<boolean> {
  const end = performance.now() + seconds * 1000;
  while (!(await look())) {
    if (performance.now() > end) return false;
    await sleep(intervalMilliseconds, undefined, { signal });
  }
  return true;
}

/** Maximum number of concurrent requests. */
const atOnce = 8;

/** Maps items with an asynchronous function, a limited number at a time. */
export async function inBatches<T, R>(many: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < many.length; start += atOnce) done.push(...(await Promise.all(many.slice(start, start + atOnce).map(work))));
  return done;
}
