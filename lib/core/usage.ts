import type { QuotaUsage } from './domain';

/** Counts items by key. */
export function countBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** Returns the highest of several counts, or zero at `otherwise` if there are none. Of equal counts the first is returned. */
export function greatest(name: string, counts: Iterable<readonly [at: string, used: number]>, otherwise: string): QuotaUsage {
  let most: QuotaUsage = { name, used: 0, at: otherwise };
  for (const [at, used] of counts) if (used > most.used) most = { name, used, at };
  return most;
}
