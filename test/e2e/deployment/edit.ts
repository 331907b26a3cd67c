/** A change that somebody makes by hand to what is live. */
export interface Edit {
  /** What it changes; two edits of one batch never change the same. */
  readonly target: string;
  /**
   * Makes the change.
   *
   * @returns what a probe has to say of it, as `verdict resource`, and the way back
   */
  make(): Promise<Made>;
}

/** A change that was made. */
export interface Made {
  readonly finding: string;
  undo(): Promise<unknown>;
}
