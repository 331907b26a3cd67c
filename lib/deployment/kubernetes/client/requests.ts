import { setTimeout as sleep } from 'node:timers/promises';

/** How long to look for something, and how often. */
export interface PollProps {
  readonly seconds: number;
  readonly intervalMilliseconds: number;
  readonly signal: AbortSignal;
}

/** Looks again and again until something is so. @returns whether it became so in time */
export async function poll(look: () => Promise<boolean>, { seconds, intervalMilliseconds, signal }: PollProps): Promise<boolean> {
  const end = performance.now() + seconds * 1000;
  while (!(await look())) {
    if (performance.now() > end) return false;
    await sleep(intervalMilliseconds, undefined, { signal });
  }
  return true;
}

/** Requests that are made at once. */
const atOnce = 8;

/** Does something with each of many, a few at once. */
export async function inBatches<T, R>(many: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < many.length; start += atOnce) done.push(...(await Promise.all(many.slice(start, start + atOnce).map(work))));
  return done;
}
