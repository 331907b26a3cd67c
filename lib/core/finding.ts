/** What is true of one resource. */
export type Verdict = 'as-planned' | 'drifted' | 'missing' | 'foreign' | 'unknown';

/** One attribute that is not what was emitted. */
export interface Difference {
  readonly attribute: string;
  /** As it was emitted; absent where somebody added it. */
  readonly from: unknown;
  /** As it is live; absent where somebody took it away. */
  readonly to: unknown;
}

/** What was found of one resource. */
export interface Finding {
  readonly site: string;
  /** Kind of the resource, as its API calls it. */
  readonly type: string;
  readonly resource: string;
  readonly verdict: Verdict;
  readonly differences: readonly Difference[];
  /** Attributes that were emitted and that no answer speaks of. */
  readonly unknown: readonly string[];
  /** Why it is unknown. */
  readonly reason?: string;
}

/** How many resources have each verdict. */
export function countVerdicts(findings: readonly Finding[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { 'as-planned': 0, drifted: 0, missing: 0, foreign: 0, unknown: 0 };
  for (const { verdict } of findings) counts[verdict]++;
  return counts;
}
