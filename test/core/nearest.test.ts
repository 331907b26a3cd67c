import { describe, expect, it } from 'vitest';
import { nearest } from '../../lib/core/nearest';

describe('the name that was meant', () => {
  it.each([
    ['aceleration', ['acceleration', 'at', 'allowFrom'], 'acceleration'],
    ['Slot', ['slot', 'sites'], 'slot'],
    ['prot', ['port', 'protocol'], 'port'],
    ['x', ['estate', 'haproxy'], undefined],
    ['entirely-else', ['slot', 'sites'], undefined],
    ['port', [], undefined],
  ])('the name nearest to %s in %j is %s', (written, names, meant) => {
    expect(nearest(written, names)).toBe(meant);
  });
});
