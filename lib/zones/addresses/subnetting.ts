import { addressAt, capacity, prefixLength, subnet } from '../../core/addresses';
import { byCodeUnit } from '../../core/order';
import type { CloudZonePlan, OnPremZonePlan } from '../plan-schema';
import type { CloudNetwork, OnPremNetwork } from '../segmentation';
import type { ZoneSpec } from '../spec';

/** Length of the block that one availability zone takes of a zone's block: the tier's and the balancer's subnet, and a quarter to spare. */
export const availabilityZonePrefix = 24;

const tierPrefix = 25;
const balancerPrefix = 26;

type CloudZoneAddresses = CloudZonePlan['addresses'];
type OnPremZoneAddresses = OnPremZonePlan['addresses'];
type Numbered = Pick<ZoneSpec, 'slot' | 'at'>;

/** How many slots a cloud site has; the last block of a VPC made here holds the endpoint subnets. */
export function cloudSlots(site: CloudNetwork): number {
  return capacity(site.cidr, site.zonePrefix) - (site.vpc ? 0 : 1);
}

/** A zone's block at a cloud site. */
function cloudZoneCidr(zone: Numbered, siteId: string, site: CloudNetwork): string {
  return zone.at[siteId]?.cidr ?? subnet(site.cidr, site.zonePrefix, zone.slot);
}

/** A zone's subnets at a cloud site: every availability zone has its own share, by its place in the declared list, so that none moves another. */
export function cloudAddresses(zone: Numbered, siteId: string, site: CloudNetwork): CloudZoneAddresses {
  const cidr = cloudZoneCidr(zone, siteId, site);
  const existing = zone.at[siteId]?.subnets;
  const subnets = site.availabilityZones.map((availabilityZone, index) => {
    if (site.vpc) {
      const ids = existing?.[availabilityZone];
      return { availabilityZone, balancer: { id: ids?.balancer }, tier: { id: ids?.tier } };
    }
    const share = subnet(cidr, availabilityZonePrefix, index);
    return {
      availabilityZone,
      balancer: { cidr: subnet(share, balancerPrefix, 2) },
      tier: { cidr: subnet(share, tierPrefix, 0) },
    };
  });
  return { kind: 'cloud', cidr, subnets: subnets.sort((one, other) => byCodeUnit(one.availabilityZone, other.availabilityZone)) };
}

/** A zone's addresses at a site on-prem. */
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

/** The last block of a VPC made here, which no zone gets. */
export function endpointBlock(site: CloudNetwork): string | undefined {
  const blocks = capacity(site.cidr, site.zonePrefix);
  return site.vpc || blocks === 0 ? undefined : subnet(site.cidr, site.zonePrefix, blocks - 1);
}

/** The subnets of interface endpoints and gateway attachments: one an availability zone, in the last block of a VPC made here. */
export function endpointSubnets(site: CloudNetwork): { availabilityZone: string; cidr: string }[] {
  const block = endpointBlock(site);
  if (block === undefined || capacity(block, balancerPrefix) < site.availabilityZones.length) return [];
  return site.availabilityZones
    .map((availabilityZone, index) => ({ availabilityZone, cidr: subnet(block, balancerPrefix, index) }))
    .sort((one, other) => byCodeUnit(one.availabilityZone, other.availabilityZone));
}
