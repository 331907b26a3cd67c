import { relative } from 'node:path';
import { oneLine, type Place, type Problem, quote } from '../../core/problem';

/** A value of a description: what it was read as, and what was typed. */
export interface TypedValue {
  readonly value: unknown;
  readonly text: string;
}

/** A description as it was read, before it is parsed. */
export interface EstateSource {
  readonly raw: unknown;
  /** Returns the position of the value at a path, or of the nearest value that contains it. */
  placeOf(path: string): Place | undefined;
  /**
   * Returns the value and the key at a path as they were typed.
   *
   * @default - values have no text of their own, as in a description made of constructs
   */
  typedAt?(path: string): readonly TypedValue[];
  /**
   * Values that are understood differently by different readers of the file, as problems with their positions.
   *
   * @default - none
   */
  readonly ambiguous?: readonly Problem[];
}

/** Result of loading: a description, or the reasons why there is none. */
export interface Loaded {
  readonly source?: EstateSource;
  readonly problems: readonly Problem[];
}

/** Adds its position to each problem that has none, and shows the value as it was typed: `3.0` is read as 3, and `011` as 11. */
export function locateProblems(problems: readonly Problem[], source: EstateSource): Problem[] {
  return problems.map((found) => {
    const place = found.place ?? source.placeOf(found.path);
    const typed = found.got === undefined ? undefined : source.typedAt?.(found.path).find(({ value }) => quote(value) === found.got);
    const earlier = found.conflictsWith && { ...found.conflictsWith, place: source.placeOf(found.conflictsWith.path) };
    const located = { ...found, ...(earlier && { conflictsWith: earlier }), ...(place && { place }) };
    return { ...located, ...(typed && { got: typed.text === '' ? 'nothing' : oneLine(typed.text) }) };
  });
}

/** Returns the ambiguous values for which no other problem is reported at the same position. */
export function remainingAmbiguous({ ambiguous = [] }: EstateSource, located: readonly Problem[]): readonly Problem[] {
  const key = ({ place }: Problem) => `${place?.line}:${place?.column}`;
  const reported = new Set(located.map(key));
  return ambiguous.filter((one) => !reported.has(key(one)));
}

/** Makes file names relative to a folder; files outside the folder keep their absolute names. */
export function withRelativeFiles(folder: string, problems: readonly Problem[]): Problem[] {
  const within = <T extends { readonly place?: Place }>(located: T): T =>
    located.place ? { ...located, place: { ...located.place, file: relativeName(folder, located.place.file) } } : located;
  return problems.map((found) => {
    const { conflictsWith } = found;
    return within({ ...found, ...(conflictsWith && { conflictsWith: within(conflictsWith) }) });
  });
}

function relativeName(folder: string, file: string): string {
  const name = relative(folder, file);
  return name.startsWith('..') ? file : name;
}
