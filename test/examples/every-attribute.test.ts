import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { estateAttributes, holdersOf } from '../support/attributes';

describe('the example of every attribute', () => {
  it('uses each attribute of the schema at least once', () => {
    const example: unknown = parse(readFileSync(join(__dirname, '../../examples/every-attribute/estate.yaml'), 'utf8'));
    const attributes = estateAttributes().map(({ path }) => path);
    expect(attributes.length).toBeGreaterThan(200);
    const unused = attributes.filter((path) => holdersOf(example, path).length === 0);
    const outermost = unused.filter((path) => !unused.some((other) => path.startsWith(`${other}/`)));
    // The calibration of cloud sites has the same schema as that of on-prem sites, and a local backend has no attributes.
    expect(outermost).toEqual(['sites/*[on-prem]/terraformBackend[local]/kind', 'sites/*[cloud]/calibration']);
  });
});
