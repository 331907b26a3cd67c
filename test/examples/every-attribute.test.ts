import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { estateSpec } from '../../lib/estate/spec';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

const root = z.toJSONSchema(estateSpec, { io: 'input' }) as Schema & { $defs: Record<string, Schema> };

/** Every attribute below a schema, as a path in which `*` stands for a key or an index. */
function attributesOf(schema: Schema, path: string): string[] {
  if (schema.$ref) return attributesOf(root.$defs[schema.$ref.replace('#/$defs/', '')] ?? {}, path);
  const below = (child: Schema | undefined, key: string) => (child ? attributesOf(child, `${path}/${key}`) : []);
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) => [`${path}/${name}`, ...below(child, name)]),
    ...(typeof schema.additionalProperties === 'object' ? below(schema.additionalProperties, '*') : []),
    ...below(schema.items, '*'),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((child) => attributesOf(child, path)),
  ];
}

/** Whether a value has an attribute of that path somewhere. */
function has(value: unknown, [key, ...rest]: string[]): boolean {
  if (key === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (key === '*') return Object.values(value).some((child) => has(child, rest));
  return key in value && has((value as Record<string, unknown>)[key], rest);
}

describe('the example of every attribute', () => {
  it('uses each attribute of the schema once at least', () => {
    const example: unknown = parse(readFileSync(join(__dirname, '../../examples/every-attribute/estate.yaml'), 'utf8'));
    const attributes = [...new Set(attributesOf(root, ''))];
    expect(attributes.length).toBeGreaterThan(100);
    expect(attributes.filter((path) => !has(example, path.split('/').slice(1)))).toEqual([]);
  });
});
