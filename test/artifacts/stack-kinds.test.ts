import { describe, expect, test } from 'vitest';
import { isOfKind, levelOf, parseStackName, type StackPart, stackKinds, stackName } from '../../lib/artifacts/stack-kinds';

const parts: readonly StackPart[] = ['core', 'extensions', 'tiers', 'network', 'zones-0', 'flows-1', 'tiers-12'];

describe('the name of a stack', () => {
  test('has one site, even where the id of one begins with that of another or looks like a part', () => {
    for (const site of ['own', 'own-dr', 'own-tiers', 'own-tiers-0', 'core', 'core-core']) {
      for (const part of parts) expect(parseStackName(stackName(site, part))?.site, `${site} ${part}`).toBe(site);
    }
  });

  test('is not parsed where no part ends it', () => {
    for (const name of ['CDKToolkit', 'own-other', 'own-zones', 'core', '-core', 'dublin-certificates'])
      expect(parseStackName(name), name).toBeUndefined();
  });

  test('says its half and its kind', () => {
    expect(parseStackName('own-tiers')).toMatchObject({ half: 'on-prem', kind: 'tiers' });
    expect(parseStackName('own-tiers-3')).toMatchObject({ half: 'cloud', kind: 'tiers' });
  });

  test('gives its level: network, zones, flows, tiers in the cloud, and core, extensions, tiers on-prem', () => {
    const sorted = (names: readonly string[]) => [...names].sort((one, other) => levelOf(one) - levelOf(other));
    expect(sorted(['a-tiers-0', 'a-flows-1', 'a-network', 'a-zones-2'])).toEqual(['a-network', 'a-zones-2', 'a-flows-1', 'a-tiers-0']);
    expect(sorted(['a-tiers', 'a-core', 'a-extensions'])).toEqual(['a-core', 'a-extensions', 'a-tiers']);
  });
});

test('a kind chooses its stacks of both halves, and no kind chooses all', () => {
  const names = ['own-core', 'own-tiers', 'cloud-network', 'cloud-tiers-0'];
  const chosen = (...kinds: Parameters<typeof isOfKind>[1]) => names.filter((name) => isOfKind({ name }, kinds));
  expect(chosen('tiers')).toEqual(['own-tiers', 'cloud-tiers-0']);
  expect(chosen('core', 'network')).toEqual(['own-core', 'cloud-network']);
  expect(chosen()).toEqual(names);
  expect([...stackKinds].sort()).toEqual(['core', 'extensions', 'flows', 'network', 'tiers', 'zones']);
});
