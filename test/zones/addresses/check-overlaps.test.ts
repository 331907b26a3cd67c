import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressIndex } from '../../../lib/core/address-index';
import { contains, overlaps, subnet } from '../../../lib/core/addresses';
import { estateSpec } from '../../../lib/estate/spec';
import { allocateAddresses } from '../../../lib/zones/addresses/allocation';
import { checkOverlaps, overlappingPairs } from '../../../lib/zones/addresses/check-overlaps';
import { twoSites } from '../../fixtures/two-sites';

/** Blocks of a small network, so that many of them overlap. */
const block = fc
  .integer({ min: 22, max: 30 })
  .chain((length) => fc.integer({ min: 0, max: 2 ** (length - 22) - 1 }).map((index) => subnet('10.0.0.0/22', length, index)));

describe('overlappingPairs', () => {
  it('finds the same pairs as comparing every block with every other', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 40 }), (cidrs) => {
        const blocks = cidrs.map((cidr, index) => ({ cidr, index }));
        const naive = blocks.flatMap((one) =>
          blocks
            .slice(one.index + 1)
            .filter((other) => overlaps(one.cidr, other.cidr))
            .map((other) => `${one.index} ${other.index}`),
        );
        const found = overlappingPairs(blocks).map(([one, other]) => `${one.index} ${other.index}`);
        expect(found.sort()).toEqual(naive.sort());
      }),
    );
  });
});

describe('AddressIndex', () => {
  it('finds the same block as a linear search', () => {
    const disjoint = Array.from({ length: 16 }, (_, index) => subnet('10.0.0.0/22', 27, index * 2));
    const index = new AddressIndex(disjoint.map((cidr) => [cidr, cidr]));
    fc.assert(
      fc.property(block, (cidr) => {
        expect(index.containing(cidr)).toBe(disjoint.find((each) => contains(each, cidr)));
      }),
    );
  });
});

function found(change: (estate: ReturnType<typeof twoSites>) => void): string[] {
  const raw = twoSites();
  change(raw);
  const estate = estateSpec.parse(raw);
  return checkOverlaps(estate, allocateAddresses(estate)).map(({ path }) => path);
}

describe('checkOverlaps', () => {
  it('allows two linked clusters to have the same pod and Service blocks', () => {
    const same = (raw: ReturnType<typeof twoSites>) => {
      const { frankfurt } = raw.sites;
      const moved = {
        ...frankfurt,
        context: 'london',
        clusterIdentity: 'london',
        nodeCidr: '10.176.0.0/20',
        loadBalancerCidr: '10.177.0.0/20',
        egressCidr: '10.178.0.0/20',
      };
      Object.assign(raw.sites, { london: moved });
      Object.assign(raw.links, { line: { between: ['frankfurt', 'london'], kind: 'private', prefixes: {}, roundTripMilliseconds: 2 } });
    };
    expect(found(same)).toEqual([]);
  });

  it('reports a block once if it overlaps several others', () => {
    expect(found((raw) => Object.assign(raw.sites.cloud, { cidr: '10.40.0.0/15' }))).toEqual(['sites/cloud/cidr']);
  });

  it('allows sites without a link to have the same addresses', () => {
    const apart = (raw: ReturnType<typeof twoSites>) => {
      Object.assign(raw, { links: {} });
      Object.assign(raw.sites.cloud, { cidr: '10.40.0.0/16' });
    };
    expect(found(apart)).toEqual([]);
  });

  it('reports an explicit block that overlaps the slot of another zone', () => {
    const meddling = (raw: ReturnType<typeof twoSites>) => Object.assign(raw.zones.batch, { at: { cloud: { cidr: '10.64.4.0/22' } } });
    expect(found(meddling)).toEqual(['zones/batch/at/cloud/cidr']);
  });

  it('reports an explicit block that overlaps the endpoint subnets', () => {
    const meddling = (raw: ReturnType<typeof twoSites>) => Object.assign(raw.zones.batch, { at: { cloud: { cidr: '10.64.252.0/22' } } });
    expect(found(meddling)).toEqual(['zones/batch/at/cloud/cidr']);
  });

  it('reports externals with overlapping blocks', () => {
    const twice = (raw: ReturnType<typeof twoSites>) => Object.assign(raw.externals, { vendor: { cidrs: ['198.51.100.128/25'] } });
    expect(found(twice)).toEqual(['externals/vendor/cidrs/0']);
  });
});
