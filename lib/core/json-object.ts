/** JSON object with keys that are not known in advance. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns true for a JSON object, which excludes lists and `null`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
