import { describe, expect, it } from 'vitest';
import { bucketOf, isProtected } from '../../lib/zones/classification';

describe('bucketOf', () => {
  it.each([
    [0, 0],
    [7, 0],
    [8, 1],
    [15, 1],
    [16, 2],
  ])('puts slot %i into bucket %i, so that deployed zones never move to another stack', (slot, bucket) => {
    expect(bucketOf(slot)).toBe(bucket);
  });
});

describe('isProtected', () => {
  it('protects the stacks and load balancers of every zone that is not standard', () => {
    expect(isProtected('standard')).toBe(false);
    expect(isProtected('high')).toBe(true);
    expect(isProtected('critical')).toBe(true);
  });
});
