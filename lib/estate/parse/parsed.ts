import type { EstateSpec } from '../spec';

/** A description of which only the things that parsed are left. */
export type PartialEstateSpec = Omit<EstateSpec, 'haproxy'> & Partial<Pick<EstateSpec, 'haproxy'>>;

/** A description after each of its things was parsed by itself. */
export interface ParsedEstate {
  /** Only the things that parsed. */
  readonly spec: PartialEstateSpec;
  /** Paths of the things that did not, such as `zones/risk`: known by their ids, so that a reference to them is no second error. */
  readonly broken: ReadonlySet<string>;
}

/** Whether a thing, or one that holds it, did not parse. */
export function isBroken({ broken }: ParsedEstate, path: string): boolean {
  const segments = path.split('/');
  return segments.some((_, index) => broken.has(segments.slice(0, index + 1).join('/')));
}
