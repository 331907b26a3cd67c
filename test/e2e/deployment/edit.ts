/** A manual change to a live resource. */
export interface Edit {
  /** The resource that is changed; the edits of a batch have different targets. */
  readonly target: string;
  /**
   * Makes the change.
   *
   * @returns the expected finding, as `verdict resource`, and how to undo the change
   */
  make(): Promise<Made>;
}

/** A change that was made. */
export interface Made {
  readonly finding: string;
  undo(): Promise<unknown>;
}
