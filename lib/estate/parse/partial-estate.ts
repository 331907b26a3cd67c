import type { EstateSpec } from '../spec';

/** The parts of a description that are valid. */
export type PartialEstateSpec = Omit<EstateSpec, 'haproxy'> & Partial<Pick<EstateSpec, 'haproxy'>>;

/** Result of parsing a description in parts, so that errors in one zone do not hide errors in another. */
export interface ParsedEstate {
  readonly spec: PartialEstateSpec;
  /** Paths of parts that are not valid, such as `zones/risk`. References to them are not reported as unknown. */
  readonly broken: ReadonlySet<string>;
}

/** True if the part at a path, or a part that contains it, is not valid. */
export function isBroken({ broken }: ParsedEstate, path: string): boolean {
  const segments = path.split('/');
  return segments.some((_, index) => broken.has(segments.slice(0, index + 1).join('/')));
}
