/** What a deployment would do to one resource or object. */
export interface Change {
  readonly action: 'add' | 'change' | 'replace' | 'remove' | 'refused';
  readonly what: string;
  /** Why it is refused, as the control plane reports it. */
  readonly why?: string;
}

/** A resource or object that is protected against deletion, and why. */
export interface Protection {
  readonly what: string;
  readonly why: string;
  /** True if the protection prevents its stack from being destroyed; false if the resource is retained when its stack is deleted. */
  readonly blocks: boolean;
}

/** A live stack, namespace or inventory with a name of ours, and the other estate that it belongs to. */
export interface NameConflict {
  readonly what: string;
  readonly estate: string;
}
