import { Construct, type IConstruct } from 'constructs';
import { callerPlace } from './place';
import type { Place } from './problem';

/** A thing, or the id of one: a construct is written into the description as its id. */
export type Reference = string | IConstruct;

/** The id that a reference stands for. */
export function idOf(reference: Reference): string {
  return typeof reference === 'string' ? reference : reference.node.id;
}

/** One thing of a description; its construct id is its key in the map that holds it. */
export abstract class DescribedConstruct<Spec extends object> extends Construct {
  /** Where the author's code makes it. */
  readonly place: Place | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.place = callerPlace(this);
  }

  /** What stands under its key in a description written as YAML. */
  abstract toSpec(): Spec;

  /** Where the things inside it were made, by their path below it; none by default. */
  get innerPlaces(): ReadonlyMap<string, Place | undefined> {
    return new Map();
  }
}

/** Of maps that may be left out, those that hold something. */
export function unlessEmpty<T extends Readonly<Record<string, object>>>(maps: T): Partial<T> {
  return Object.fromEntries(Object.entries(maps).filter(([, map]) => Object.keys(map).length > 0)) as Partial<T>;
}
