import type { QuotaUsage } from './domain';

/** Counts items by a key of theirs. */
export function countBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** The greatest of several counts, the first where several are equal; zero at `otherwise` where there are none. */
export function greatest(name: string, counts: Iterable<readonly [at: string, used: number]>, otherwise: string): QuotaUsage {
  let most: QuotaUsage = { name, used: 0, at: otherwise };
  for (const [at, used] of counts) if (used > most.used) most = { name, used, at };
  return most;
}
