/** What did not parse: a reference to it, or something that it might have changed, is no second error. */
export interface Doubt {
  /** Whether a thing, or one that holds it, did not parse. */
  isBroken(path: string): boolean;
  /** Whether a thing in the one at a path did not parse. */
  holdsBroken(path: string): boolean;
}
