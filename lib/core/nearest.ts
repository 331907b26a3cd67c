import { distance } from 'fastest-levenshtein';

/** The name that was probably meant, where one is near enough to what was written. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const allowed = Math.min(3, Math.max(1, Math.floor(written.length / 2)));
  const [best] = names
    .map((name) => ({ name, edits: distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((one, other) => one.edits - other.edits);
  return best?.name;
}
