import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { estateJsonSchema } from '../../../lib/estate/plan/json-schema';

const root = join(__dirname, '../../..');

function accepts(description: unknown): boolean {
  return new Ajv2020({ strict: false, validateFormats: false }).compile(estateJsonSchema())(description);
}

describe('the JSON Schema of descriptions', () => {
  it('the JSON Schema in docs is up to date', async () => {
    await expect(`${JSON.stringify(estateJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(join(root, 'docs/estate.schema.json'));
  });

  it.each(['meridian', 'every-attribute'])('accepts the example %s, which names it in its first line', (example) => {
    const text = readFileSync(join(root, 'examples', example, 'estate.yaml'), 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../../docs/estate.schema.json');
    expect(accepts(parse(text))).toBe(true);
  });

  it('the JSON Schema refuses an unknown attribute', () => {
    const description = parse(readFileSync(join(root, 'examples/meridian/estate.yaml'), 'utf8')) as { zones: object };
    expect(accepts({ ...description, zones: { ...description.zones, other: { porpoise: 'risk' } } })).toBe(false);
  });
});
