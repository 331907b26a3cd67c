import { relative } from 'node:path';
import type { Place, Problem } from '../../core/problem';

/** Where a path of a description stands. */
export type PlaceOf = (path: string) => Place | undefined;

/** Says of each problem where it stands, unless it says so itself. */
export function withPlaces(problems: readonly Problem[], placeOf: PlaceOf): Problem[] {
  return problems.map((found) => {
    const place = found.place ?? placeOf(found.path);
    return place ? { ...found, place } : found;
  });
}

/** Problems with their files named as seen from a folder; a file outside of it keeps its whole name. */
export function seenFrom(folder: string, problems: readonly Problem[]): Problem[] {
  return problems.map((found) => (found.place ? { ...found, place: { ...found.place, file: nameFrom(folder, found.place.file) } } : found));
}

function nameFrom(folder: string, file: string): string {
  const name = relative(folder, file);
  return name.startsWith('..') ? file : name;
}
