import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressRange, contains, overlaps } from '../../../lib/core/addresses';
import { cloudAddresses, cloudSlots, endpointSubnets, onPremAddresses } from '../../../lib/zones/addresses/subnetting';
import type { CloudNetwork, OnPremNetwork } from '../../../lib/zones/segmentation';

const letters = ['a', 'b', 'c', 'd'];
const cloud = (availabilityZones: number): CloudNetwork => ({
  kind: 'cloud',
  account: '111122223333',
  region: 'eu-central-1',
  cidr: '10.64.0.0/16',
  zonePrefix: 22,
  availabilityZones: letters.slice(0, availabilityZones).map((letter) => `eu-central-1${letter}`),
  s3: { cidrs: [] },
});
const onPrem: OnPremNetwork = {
  kind: 'on-prem',
  podCidr: '10.32.0.0/14',
  nodeCidr: '10.36.0.0/20',
  serviceCidr: '10.37.0.0/16',
  loadBalancerCidr: '10.40.0.0/20',
  loadBalancerPrefix: 28,
  egressCidr: '10.41.0.0/20',
  egressPrefix: 28,
};

const zone = (slot: number, at = {}) => ({ slot, at });
const slots = cloudSlots(cloud(2));

function blocksOf(slot: number, site: CloudNetwork): string[] {
  return cloudAddresses(zone(slot), 'cloud', site).subnets.flatMap(({ balancer, tier }) => [balancer.cidr ?? '', tier.cidr ?? '']);
}

describe('addresses of a zone at a cloud site', () => {
  it('are a /26 for the load balancer and a /25 for the tier in each availability zone', () => {
    expect(cloudAddresses(zone(1), 'cloud', cloud(2))).toEqual({
      kind: 'cloud',
      cidr: '10.64.4.0/22',
      subnets: [
        { availabilityZone: 'eu-central-1a', balancer: { cidr: '10.64.4.128/26' }, tier: { cidr: '10.64.4.0/25' } },
        { availabilityZone: 'eu-central-1b', balancer: { cidr: '10.64.5.128/26' }, tier: { cidr: '10.64.5.0/25' } },
      ],
    });
  });

  it('are inside the block of the zone and do not overlap for any two slots', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: slots - 1 }),
        fc.integer({ min: 0, max: slots - 1 }),
        fc.integer({ min: 2, max: 4 }),
        (one, other, count) => {
          const site = cloud(count);
          const { cidr } = cloudAddresses(zone(one), 'cloud', site);
          const blocks = one === other ? blocksOf(one, site) : [...blocksOf(one, site), ...blocksOf(other, site)];
          expect(blocksOf(one, site).every((block) => contains(cidr, block))).toBe(true);
          const ranges = blocks.map(addressRange).sort((a, b) => a.first - b.first);
          for (const [index, range] of ranges.slice(1).entries()) expect(range.first).toBeGreaterThan(ranges[index]?.last ?? -1);
        },
      ),
    );
  });

  it('do not depend on which other availability zones the site has', () => {
    const named = (list: readonly string[]): CloudNetwork => ({
      ...cloud(2),
      availabilityZones: list.map((letter) => `eu-central-1${letter}`),
    });
    const some = fc.uniqueArray(fc.constantFrom(...letters), { minLength: 2 });
    fc.assert(
      fc.property(some, some, (one, other) => {
        for (const subnetsOf of [(site: CloudNetwork) => cloudAddresses(zone(5), 'cloud', site).subnets, endpointSubnets]) {
          const before = new Map(subnetsOf(named(one)).map((each) => [each.availabilityZone, each]));
          const kept = subnetsOf(named(other)).filter(({ availabilityZone }) => before.has(availabilityZone));
          expect(kept).toEqual(kept.map(({ availabilityZone }) => before.get(availabilityZone)));
        }
      }),
    );
    expect(cloudAddresses(zone(0), 'cloud', named(['a', 'c'])).subnets.map(({ tier }) => tier.cidr)).toEqual([
      '10.64.0.0/25',
      '10.64.2.0/25',
    ]);
  });

  it('do not depend on the order of the list, and are sorted by availability zone', () => {
    const site = { ...cloud(2), availabilityZones: ['eu-central-1b', 'eu-central-1a'] };
    const { subnets } = cloudAddresses(zone(1), 'cloud', site);
    expect(subnets.map(({ availabilityZone }) => availabilityZone)).toEqual(['eu-central-1a', 'eu-central-1b']);
    expect(subnets.map(({ tier }) => tier.cidr)).toEqual(['10.64.4.0/25', '10.64.5.0/25']);
  });

  it('do not overlap the endpoint subnets in the last block', () => {
    const site = cloud(4);
    const reserved = endpointSubnets(site).map(({ cidr }) => cidr);
    expect(reserved).toEqual(['10.64.252.0/26', '10.64.252.64/26', '10.64.252.128/26', '10.64.252.192/26']);
    expect(blocksOf(slots - 1, site).some((block) => reserved.some((other) => overlaps(block, other)))).toBe(false);
  });

  it('are the explicit addresses if the zone declares some', () => {
    const at = { cloud: { cidr: '10.64.128.0/21' } };
    expect(cloudAddresses(zone(1, at), 'cloud', cloud(2)).cidr).toBe('10.64.128.0/21');
  });
});

describe('addresses of a zone at an on-prem site', () => {
  it('are the second address of its load balancer block and its egress block', () => {
    expect(onPremAddresses(zone(2), 'frankfurt', onPrem)).toEqual({
      kind: 'on-prem',
      loadBalancerCidr: '10.40.0.32/28',
      loadBalancerAddress: '10.40.0.33',
      egressCidr: '10.41.0.32/28',
    });
  });

  it('are the only address of a load balancer block of length 32', () => {
    expect(onPremAddresses(zone(3), 'frankfurt', { ...onPrem, loadBalancerPrefix: 32 }).loadBalancerAddress).toBe('10.40.0.3');
  });

  it('have no egress block if the site has none', () => {
    expect(onPremAddresses(zone(3), 'frankfurt', { ...onPrem, egressCidr: undefined })).not.toHaveProperty('egressCidr');
  });
});
