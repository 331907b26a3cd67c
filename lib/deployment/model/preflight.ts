/** What would become of one thing. */
export interface Change {
  readonly action: 'add' | 'change' | 'replace' | 'remove' | 'refused';
  readonly what: string;
  /** Why it is refused, in the words of the control plane. */
  readonly why?: string;
}

/** Something that is not destroyed just like that, and why. */
export interface Protection {
  readonly what: string;
  readonly why: string;
  /** Whether it keeps its stack from being destroyed; what does not hold stays behind. */
  readonly blocks: boolean;
}

/** What stands at a site under a name that a stack is about to take, and the other estate that it belongs to. */
export interface NameConflict {
  readonly what: string;
  readonly estate: string;
}
