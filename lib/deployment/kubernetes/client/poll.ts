import { setTimeout as sleep } from 'node:timers/promises';

/** How long to look for something, and how often. */
export interface UntilProps {
  readonly seconds: number;
  readonly lookMilliseconds: number;
  readonly signal: AbortSignal;
}

/** Looks again and again until something is so. @returns whether it became so in time */
export async function until(look: () => Promise<boolean>, { seconds, lookMilliseconds, signal }: UntilProps): Promise<boolean> {
  const end = performance.now() + seconds * 1000;
  while (!(await look())) {
    if (performance.now() > end) return false;
    await sleep(lookMilliseconds, undefined, { signal });
  }
  return true;
}
