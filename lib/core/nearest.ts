import { distance } from 'fastest-levenshtein';

/** Returns the name with the smallest edit distance to a misspelt one; undefined if none is similar. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const allowed = Math.min(3, Math.max(1, Math.floor(written.length / 2)));
  const [best] = names
    .map((name) => ({ name, edits: distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((one, other) => one.edits - other.edits);
  return best?.name;
}
