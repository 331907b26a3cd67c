import { describe, expect, it } from 'vitest';
import { compareValues, type Rules, unresolved } from '../../../lib/readback/compare/values';

const cluster: Rules = { absent: 'not-set', isOrdered: (attribute) => attribute.endsWith('command') };
const cloud: Rules = { absent: 'unknown', isOrdered: () => false };

describe('a comparison', () => {
  it('takes what only the live one has for a default, but for a difference in what is stated whole', () => {
    const [planned, live] = [{ spec: { port: 1 } }, { spec: { port: 1, from: { ip: '0.0.0.0' } } }];
    expect(compareValues(planned, live, '', cluster).differences).toEqual([]);
    const whole: Rules = { ...cloud, isWhole: (attribute) => attribute === 'spec' };
    expect(compareValues(planned, live, '', whole).differences).toEqual([
      { attribute: 'spec.from', from: undefined, to: { ip: '0.0.0.0' } },
    ]);
    expect(compareValues(live, planned, '', whole).differences).toEqual([
      { attribute: 'spec.from', from: { ip: '0.0.0.0' }, to: undefined },
    ]);
  });

  it('lets an element of which something cannot be known be any that is left, and no other be drift for it', () => {
    const planned = [{ Sid: 'a', Resource: unresolved }, { Sid: 'b', Resource: unresolved }, { Sid: 'c' }];
    const live = [{ Sid: 'c' }, { Sid: 'b', Resource: 'x' }, { Sid: 'a', Resource: 'y' }];
    expect(compareValues(planned, live, 'Statement', cloud)).toEqual({
      differences: [],
      unknown: ['Statement[0].Resource', 'Statement[1].Resource'],
    });
  });

  it('takes an element that only the live list has for a difference', () => {
    const planned = { ingress: [{ ports: [{ port: 1 }] }] };
    const live = { ingress: [{ ports: [{ port: 1 }] }, {}] };
    expect(compareValues(planned, live, '', cluster).differences).toEqual([{ attribute: 'ingress', from: undefined, to: [{}] }]);
  });

  it('matches elements by their name, wherever they stand', () => {
    const planned = {
      env: [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ],
    };
    const live = {
      env: [
        { name: 'b', value: '3' },
        { name: 'a', value: '1' },
      ],
    };
    expect(compareValues(planned, live, '', cluster).differences).toEqual([{ attribute: 'env[b].value', from: '2', to: '3' }]);
  });

  it('knows a list whose order means something', () => {
    const lists = [
      { command: ['a', 'b'], names: ['a', 'b'] },
      { command: ['b', 'a'], names: ['b', 'a'] },
    ] as const;
    expect(compareValues(lists[0], lists[1], '', cluster).differences.map(({ attribute }) => attribute)).toEqual([
      'command[0]',
      'command[1]',
    ]);
  });

  it('reads quantities and numbers for what they say', () => {
    expect(
      compareValues({ cpu: '1000m', memory: '1024Mi', port: '80' }, { cpu: '1', memory: '1Gi', port: 80 }, '', cluster).differences,
    ).toEqual([]);
    expect(compareValues({ cpu: '1000m' }, { cpu: '100m' }, '', cluster).differences).toHaveLength(1);
  });

  it('says unknown of what an answer does not speak of, and never equal', () => {
    expect(compareValues({ Policy: 'a' }, {}, '', cloud)).toEqual({ differences: [], unknown: ['Policy'] });
    expect(compareValues({ Policy: 'a' }, { Policy: null }, '', cloud).differences).toHaveLength(1);
    expect(compareValues({ Arn: unresolved }, { Arn: 'x' }, '', cloud)).toEqual({ differences: [], unknown: ['Arn'] });
  });

  it('looks into the one element that changed, and keeps what is unknown of it apart', () => {
    const planned = [{ Index: 0, Groups: ['a'], Tracking: 1 }];
    expect(compareValues(planned, [{ Index: 0, Groups: ['b'] }], 'Interfaces', cloud)).toEqual({
      differences: [{ attribute: 'Interfaces[0].Groups[0]', from: 'a', to: 'b' }],
      unknown: ['Interfaces[0].Tracking'],
    });
  });

  it('says a field that an object lost', () => {
    expect(compareValues({ limits: { cpu: '1' } }, {}, '', cluster).differences).toHaveLength(1);
  });
});
