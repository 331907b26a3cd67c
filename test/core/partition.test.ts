import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, it } from 'vitest';
import { partitionOf } from '../../lib/core/partition';

describe('the partition of a region', () => {
  it('partitionOf returns the partition that the CDK lists for every region', () => {
    const known = RegionInfo.regions.filter(({ partition }) => partition !== undefined);
    expect(known.length).toBeGreaterThan(20);
    expect(known.map(({ name }) => [name, partitionOf(name)])).toEqual(known.map(({ name, partition }) => [name, partition]));
  });
});
