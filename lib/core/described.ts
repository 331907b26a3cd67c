import { Construct, type IConstruct } from 'constructs';
import { callerPlace } from './place';
import type { Place } from './problem';

/** A construct or its id. The description contains the id in both cases. */
export type Reference = string | IConstruct;

/** Returns the id of a reference. */
export function idOf(reference: Reference): string {
  return typeof reference === 'string' ? reference : reference.node.id;
}

/** Construct for one entry of a description, such as a zone. Its construct id is the key of the entry. */
export abstract class DescribedConstruct<Spec extends object> extends Construct {
  /** Position of the call of the constructor in the user's code. */
  readonly place: Place | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.place = callerPlace(this);
  }

  /** Returns the entry as data, equal to the same entry in YAML. */
  abstract toSpec(): Spec;

  /** Positions of nested entries, such as endpoints, keyed by their path inside this entry. */
  get innerPlaces(): ReadonlyMap<string, Place | undefined> {
    return new Map();
  }
}

/** Returns the maps that are not empty. */
export function unlessEmpty<T extends Readonly<Record<string, object | undefined>>>(maps: T): Partial<T> {
  return Object.fromEntries(Object.entries(maps).filter(([, map]) => Object.keys(map ?? {}).length > 0)) as Partial<T>;
}
