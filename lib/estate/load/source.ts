import type { Problem } from '../../core/problem';
import type { PlaceOf } from './places';

/** A description as it was read, before it is parsed. */
export interface EstateSource {
  readonly raw: unknown;
  readonly placeOf: PlaceOf;
}

/** What loading comes to: a source, or why there is none. */
export interface Loaded {
  readonly source?: EstateSource;
  readonly problems: readonly Problem[];
}
