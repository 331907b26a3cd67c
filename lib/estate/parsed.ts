import type { EstateSpec } from './spec';

/** A description after each of its things was parsed by itself. */
export interface ParsedEstate {
  /** Only the things that parsed. */
  readonly spec: EstateSpec;
  /** Paths of the things that did not, such as `zones/risk`: known by their ids, so that a reference to them is no second error. */
  readonly broken: ReadonlySet<string>;
}
