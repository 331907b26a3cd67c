import type { Attribute, Schema } from './attributes';

/** Other values for an attribute, derived from its schema and its value. Some of them may be invalid. */

/** Number of values that suffices to find a valid one for every attribute. */
const mostTexts = 40;

/** Values that differ from the given one; `undefined` omits the attribute. */
export function variations({ schema, required }: Attribute, value: unknown): unknown[] {
  return [...otherValues(schema, value), ...(required ? [] : [undefined])];
}

function otherValues(schema: Schema, value: unknown): unknown[] {
  if (schema.enum) return schema.enum.filter((other) => other !== value);
  if (schema.oneOf) return otherKinds(schema.oneOf, value as { readonly kind: unknown });
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return otherNumbers(value);
  if (typeof value === 'string') return otherTexts(value, new RegExp(schema.pattern ?? ''));
  if (Array.isArray(value)) return otherLists(schema, value);
  return otherMaps(schema, value as Readonly<Record<string, unknown>>);
}

/** Alternatives that require only their kind. */
function otherKinds(branches: readonly Schema[], { kind }: { readonly kind: unknown }): object[] {
  return branches
    .filter(({ required = [], properties }) => required.every((name) => name === 'kind') && properties?.kind?.const !== kind)
    .map(({ properties }) => ({ kind: properties?.kind?.const }));
}

function otherNumbers(value: number): number[] {
  const near = [value + 1, value - 1, value * 2, Math.ceil(value / 2), value * 0.95];
  return [...new Set(near)].filter((other) => other !== value);
}

/** Texts with one character replaced, from the last to the first, or with one added. */
function otherTexts(text: string, pattern: RegExp): string[] {
  const replacements = (character: string) => (/\d/.test(character) ? '1234567890' : /[a-z]/i.test(character) ? 'abc' : '');
  const replaced = [...text].flatMap((character, index) =>
    [...replacements(character)].map((other) => text.slice(0, index) + other + text.slice(index + 1)),
  );
  return [`${text}a`, ...replaced.reverse()].filter((other) => other !== text && pattern.test(other)).slice(0, mostTexts);
}

function otherLists(schema: Schema, list: readonly unknown[]): unknown[][] {
  const replaced = list.flatMap((value, index) => {
    const item = schema.items ?? schema.prefixItems?.[index] ?? {};
    return otherValues(item, value).map((other) => list.with(index, other));
  });
  const added = (schema.items?.enum ?? []).filter((other) => !list.includes(other)).map((other) => [...list, other]);
  return [...list.map((_, index) => list.toSpliced(index, 1)), ...added, ...replaced];
}

function otherMaps({ additionalProperties }: Schema, map: Readonly<Record<string, unknown>>): object[] {
  const item = typeof additionalProperties === 'object' ? additionalProperties : {};
  return Object.entries(map).flatMap(([key, value]) => otherValues(item, value).map((other) => ({ ...map, [key]: other })));
}
