/** Something that is not destroyed just like that, and why. */
export interface Protection {
  readonly what: string;
  readonly why: string;
  /** Whether it keeps its stack from being destroyed; what does not hold stays behind. */
  readonly holds: boolean;
}
