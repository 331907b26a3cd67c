/** Orders texts by code unit, the same on every machine and in every locale. */
export function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The entries of a map keyed by id, in the order of their ids. */
export function sortedEntries<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([one], [other]) => byCodeUnit(one, other));
}

/** The same map with its keys in order, so that equal maps have equal texts. */
export function sortedMap<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(sortedEntries(map));
}
