import { describe, expect, it } from 'vitest';
import { type ComparisonRules, compareValues, unresolved } from '../../../lib/readback/compare/values';

const kubernetesRules: ComparisonRules = { absent: 'not-set', isOrdered: (attribute) => attribute.endsWith('command') };
const awsRules: ComparisonRules = { absent: 'unknown', isOrdered: () => false };

describe('compareValues', () => {
  it('compareValues ignores a key that only the actual value has, unless the expected value is complete', () => {
    const [expected, actual] = [{ spec: { port: 1 } }, { spec: { port: 1, from: { ip: '0.0.0.0' } } }];
    expect(compareValues(expected, actual, '', kubernetesRules).differences).toEqual([]);
    const complete: ComparisonRules = { ...awsRules, isComplete: (attribute) => attribute === 'spec' };
    expect(compareValues(expected, actual, '', complete).differences).toEqual([
      { attribute: 'spec.from', from: undefined, to: { ip: '0.0.0.0' } },
    ]);
    expect(compareValues(actual, expected, '', complete).differences).toEqual([
      { attribute: 'spec.from', from: { ip: '0.0.0.0' }, to: undefined },
    ]);
  });

  it('compareValues pairs elements with unresolved parts after all others', () => {
    const expected = [{ Sid: 'a', Resource: unresolved }, { Sid: 'b', Resource: unresolved }, { Sid: 'c' }];
    const actual = [{ Sid: 'c' }, { Sid: 'b', Resource: 'x' }, { Sid: 'a', Resource: 'y' }];
    expect(compareValues(expected, actual, 'Statement', awsRules)).toEqual({
      differences: [],
      unknown: ['Statement[0].Resource', 'Statement[1].Resource'],
    });
  });

  it('compareValues reports an element that only the actual list has', () => {
    const expected = { ingress: [{ ports: [{ port: 1 }] }] };
    const actual = { ingress: [{ ports: [{ port: 1 }] }, {}] };
    expect(compareValues(expected, actual, '', kubernetesRules).differences).toEqual([{ attribute: 'ingress', from: undefined, to: [{}] }]);
  });

  it('compareValues pairs elements by name in any order', () => {
    const expected = {
      env: [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ],
    };
    const actual = {
      env: [
        { name: 'b', value: '3' },
        { name: 'a', value: '1' },
      ],
    };
    expect(compareValues(expected, actual, '', kubernetesRules).differences).toEqual([{ attribute: 'env[b].value', from: '2', to: '3' }]);
  });

  it('compareValues reports a different order only for ordered lists', () => {
    const lists = [
      { command: ['a', 'b'], names: ['a', 'b'] },
      { command: ['b', 'a'], names: ['b', 'a'] },
    ] as const;
    expect(compareValues(lists[0], lists[1], '', kubernetesRules).differences.map(({ attribute }) => attribute)).toEqual([
      'command[0]',
      'command[1]',
    ]);
  });

  it('compareValues treats quantities and numbers of equal amount as equal', () => {
    expect(
      compareValues({ cpu: '1000m', memory: '1024Mi', port: '80' }, { cpu: '1', memory: '1Gi', port: 80 }, '', kubernetesRules).differences,
    ).toEqual([]);
    expect(compareValues({ cpu: '1000m' }, { cpu: '100m' }, '', kubernetesRules).differences).toHaveLength(1);
  });

  it('compareValues reports unknown for an attribute that the API does not return', () => {
    expect(compareValues({ Policy: 'a' }, {}, '', awsRules)).toEqual({ differences: [], unknown: ['Policy'] });
    expect(compareValues({ Policy: 'a' }, { Policy: null }, '', awsRules).differences).toHaveLength(1);
    expect(compareValues({ Arn: unresolved }, { Arn: 'x' }, '', awsRules)).toEqual({ differences: [], unknown: ['Arn'] });
  });

  it('compareValues compares the attributes of the only element that changed', () => {
    const expected = [{ Index: 0, Groups: ['a'], Tracking: 1 }];
    expect(compareValues(expected, [{ Index: 0, Groups: ['b'] }], 'Interfaces', awsRules)).toEqual({
      differences: [{ attribute: 'Interfaces[0].Groups[0]', from: 'a', to: 'b' }],
      unknown: ['Interfaces[0].Tracking'],
    });
  });

  it('compareValues reports a field that was removed', () => {
    expect(compareValues({ limits: { cpu: '1' } }, {}, '', kubernetesRules).differences).toHaveLength(1);
  });
});
