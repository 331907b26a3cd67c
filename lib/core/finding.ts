/** Result for one resource. */
export type Verdict = 'as-planned' | 'drifted' | 'missing' | 'foreign' | 'unknown';

/** One attribute whose value differs between what is expected and what was found. */
export interface Difference {
  readonly attribute: string;
  /** Expected value; undefined if the attribute was added. */
  readonly from: unknown;
  /** Value that was found; undefined if the attribute was removed. */
  readonly to: unknown;
}

/** Result of comparing one resource with its control plane. */
export interface Finding {
  /** Id of the site. */
  readonly site: string;
  /** Type of the resource, such as `AWS::EC2::VPC` or `NetworkPolicy`. */
  readonly type: string;
  readonly resource: string;
  readonly verdict: Verdict;
  readonly differences: readonly Difference[];
  /** Paths of emitted attributes that the API does not report. */
  readonly unknown: readonly string[];
  /** Why the verdict is `unknown`. */
  readonly reason?: string;
}

/** Counts the findings of each verdict. */
export function countVerdicts(findings: readonly Finding[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { 'as-planned': 0, drifted: 0, missing: 0, foreign: 0, unknown: 0 };
  for (const { verdict } of findings) counts[verdict]++;
  return counts;
}
