import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { domains, generateProps, schemaNames } from './generate';

describe('the props interfaces', () => {
  it('belong to one domain each', () => {
    expect(Object.values(domains).flat().sort()).toEqual(schemaNames().sort());
  });

  it.each(Object.keys(domains))('of lib/%s are up to date with its schemas', async (domain) => {
    await expect(await generateProps(domain)).toMatchFileSnapshot(join(__dirname, '../../lib', domain, 'props.ts'));
  });
});
