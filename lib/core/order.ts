/** Orders strings by code unit, independently of the locale. */
export function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Returns the entries of a map, sorted by key. */
export function sortedEntries<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([one], [other]) => byCodeUnit(one, other));
}

/** Returns a map with sorted keys, so that equal maps are serialized equally. */
export function sortedMap<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(sortedEntries(map));
}
