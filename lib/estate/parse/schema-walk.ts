import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** Description of an attribute in a schema, and its keys if it is an object. For a union without a chosen variant, the keys of all variants. */
export interface Attribute {
  readonly description?: string;
  readonly keys: readonly string[];
}

/**
 * Finds the attribute at a path of a schema.
 *
 * @param value value of the description that is parsed with the schema; its `kind` selects the variant of a union
 */
export function attributeAt(schema: Schema, path: readonly PropertyKey[], value: unknown): Attribute {
  const { inner, description } = unwrap(schema, value);
  const [key, ...rest] = path;
  if (key === undefined) return { description, keys: keysOf(inner) };
  const next = below(inner, key);
  return next ? attributeAt(next, rest, childOf(value, key)) : { keys: [] };
}

/** Unwraps defaults, optional types and transformed types and selects the variant of a union. The outermost description applies. */
function unwrap(schema: Schema, value: unknown): { inner: Schema; description?: string } {
  const description = (schema as z.ZodType).description;
  const def = schema._zod.def as z.core.$ZodTypeDef & { innerType?: Schema; in?: Schema; options?: Schema[]; discriminator?: string };
  const next = def.innerType ?? def.in ?? variantOf(def, value);
  if (!next) return { inner: schema, description };
  const { inner, description: deeper } = unwrap(next, value);
  return { inner, description: description ?? deeper };
}

function variantOf({ options, discriminator }: { options?: Schema[]; discriminator?: string }, value: unknown): Schema | undefined {
  if (!options || discriminator === undefined) return undefined;
  const tag = childOf(value, discriminator);
  return options.find((option) => {
    const literal = shapeOf(option)[discriminator]?._zod.def as { values?: unknown[] } | undefined;
    return literal?.values?.includes(tag);
  });
}

function below(schema: Schema, key: PropertyKey): Schema | undefined {
  const def = schema._zod.def as { type: string; valueType?: Schema; element?: Schema };
  if (def.type === 'object') return shapeOf(schema)[String(key)];
  return def.valueType ?? def.element;
}

function keysOf(schema: Schema): string[] {
  const { options = [] } = schema._zod.def as { options?: Schema[] };
  return [...Object.keys(shapeOf(schema)), ...options.flatMap(keysOf)];
}

function shapeOf(schema: Schema): Record<string, Schema> {
  return (schema._zod.def as { shape?: Record<string, Schema> }).shape ?? {};
}

function childOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}
