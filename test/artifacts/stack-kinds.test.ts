import { describe, expect, test } from 'vitest';
import { type StackPart, siteOfStack, stackName } from '../../lib/artifacts/stack-kinds';

const parts: readonly StackPart[] = ['core', 'extensions', 'tiers', 'network', 'zones-0', 'flows-1', 'tiers-12'];

describe('the name of a stack', () => {
  test('has one site, even where the id of one begins with that of another or looks like a part', () => {
    for (const site of ['own', 'own-dr', 'own-tiers', 'own-tiers-0', 'core', 'core-core']) {
      for (const part of parts) expect(siteOfStack(stackName(site, part)), `${site} ${part}`).toBe(site);
    }
  });

  test('is none where no part ends it', () => {
    for (const name of ['CDKToolkit', 'own-other', 'own-zones', 'core', '-core']) expect(siteOfStack(name), name).toBeUndefined();
  });
});
