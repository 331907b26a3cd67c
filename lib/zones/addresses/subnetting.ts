import { addressAt, capacity, prefixLength, subnet } from '../../core/addresses';
import { byCodeUnit } from '../../core/order';
import type { CloudZonePlan, OnPremZonePlan } from '../plan-schema';
import type { CloudNetwork, OnPremNetwork } from '../segmentation';
import type { ZoneSpec } from '../spec';

/** Prefix length of an availability zone's part of a zone's block: a /25 for the tier, a /26 for the load balancer and a spare /26. */
export const availabilityZonePrefix = 24;

const tierPrefix = 25;
const balancerPrefix = 26;

type CloudZoneAddresses = CloudZonePlan['addresses'];
type OnPremZoneAddresses = OnPremZonePlan['addresses'];
type Numbered = Pick<ZoneSpec, 'slot' | 'at'>;

/**
 * Index of an availability zone's part of a block, from the letter of its name.
 *
 * It does not depend on the other availability zones of the site, so declaring or removing one does not move the subnets of others.
 */
export function partOf(availabilityZone: string): number {
  return availabilityZone.charCodeAt(availabilityZone.length - 1) - 'a'.charCodeAt(0);
}

/** Number of parts that the block of a zone needs, one for each letter up to the last availability zone of the site. */
export function partsNeeded({ availabilityZones }: CloudNetwork): number {
  return Math.max(...availabilityZones.map(partOf)) + 1;
}

/** Number of slots of a cloud site. In a VPC that Diptych creates, the last block is reserved for the endpoint subnets. */
export function cloudSlots(site: CloudNetwork): number {
  return capacity(site.cidr, site.zonePrefix) - (site.vpc ? 0 : 1);
}

/** Block of a zone at a cloud site, explicit or derived from the slot. */
function cloudZoneCidr(zone: Numbered, siteId: string, site: CloudNetwork): string {
  return zone.at[siteId]?.cidr ?? subnet(site.cidr, site.zonePrefix, zone.slot);
}

/** Addresses of a zone at a cloud site. */
export function cloudAddresses(zone: Numbered, siteId: string, site: CloudNetwork): CloudZoneAddresses {
  const cidr = cloudZoneCidr(zone, siteId, site);
  const existing = zone.at[siteId]?.subnets;
  const subnets = site.availabilityZones.map((availabilityZone) => {
    if (site.vpc) {
      const ids = existing?.[availabilityZone];
      return { availabilityZone, balancer: { id: ids?.balancer }, tier: { id: ids?.tier } };
    }
    const share = subnet(cidr, availabilityZonePrefix, partOf(availabilityZone));
    return {
      availabilityZone,
      balancer: { cidr: subnet(share, balancerPrefix, 2) },
      tier: { cidr: subnet(share, tierPrefix, 0) },
    };
  });
  return { kind: 'cloud', cidr, subnets: subnets.sort((one, other) => byCodeUnit(one.availabilityZone, other.availabilityZone)) };
}

/** Addresses of a zone at an on-prem site. */
export function onPremAddresses(zone: Numbered, siteId: string, site: OnPremNetwork): OnPremZoneAddresses {
  const explicit = zone.at[siteId];
  const loadBalancerCidr = explicit?.loadBalancerCidr ?? subnet(site.loadBalancerCidr, site.loadBalancerPrefix, zone.slot);
  const egressCidr = explicit?.egressCidr ?? (site.egressCidr && subnet(site.egressCidr, site.egressPrefix, zone.slot));
  return {
    kind: 'on-prem',
    loadBalancerCidr,
    loadBalancerAddress: addressAt(loadBalancerCidr, prefixLength(loadBalancerCidr) === 32 ? 0 : 1),
    ...(egressCidr && { egressCidr }),
  };
}

/** The last block of a VPC that Diptych creates, reserved for the endpoint subnets; undefined in an existing VPC. */
export function endpointBlock(site: CloudNetwork): string | undefined {
  const blocks = capacity(site.cidr, site.zonePrefix);
  return site.vpc || blocks === 0 ? undefined : subnet(site.cidr, site.zonePrefix, blocks - 1);
}

/** Subnets of interface endpoints and transit gateway attachments, one per availability zone. Empty in an existing VPC. */
export function endpointSubnets(site: CloudNetwork): { availabilityZone: string; cidr: string }[] {
  const block = endpointBlock(site);
  if (block === undefined || capacity(block, balancerPrefix) < partsNeeded(site)) return [];
  return site.availabilityZones
    .map((availabilityZone) => ({ availabilityZone, cidr: subnet(block, balancerPrefix, partOf(availabilityZone)) }))
    .sort((one, other) => byCodeUnit(one.availabilityZone, other.availabilityZone));
}
