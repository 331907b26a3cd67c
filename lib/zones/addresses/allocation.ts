import { sortedEntries } from '../../core/order';
import type { ZonePlan } from '../plan-schema';
import type { Segmentation } from '../segmentation';
import { hasAddresses } from './check-allocation';
import { cloudAddresses, onPremAddresses } from './subnetting';

export type ZoneAddresses = ZonePlan['addresses'];

/** Addresses of every zone at every site, keyed by site and zone. Zones whose addresses cannot be computed are left out. */
export type AddressAllocation = ReadonlyMap<string, ReadonlyMap<string, ZoneAddresses>>;

/** Allocates the addresses of all zones at all sites. */
export function allocateAddresses(estate: Segmentation): AddressAllocation {
  const zones = sortedEntries(estate.zones);
  return new Map(
    sortedEntries(estate.sites).map(([siteId, site]) => [
      siteId,
      new Map(
        zones
          .filter(([, zone]) => zone.sites.includes(siteId) && hasAddresses(zone, siteId, site))
          .map(([id, zone]) => [id, site.kind === 'cloud' ? cloudAddresses(zone, siteId, site) : onPremAddresses(zone, siteId, site)]),
      ),
    ]),
  );
}

/** Source blocks of a zone's connections to other sites. */
export function sourceCidrs(addresses: ZoneAddresses): string[] {
  if (addresses.kind === 'cloud') return [addresses.cidr];
  return addresses.egressCidr ? [addresses.egressCidr] : [];
}

/** Destination blocks of connections from other sites to a zone's endpoints. */
export function targetCidrs(addresses: ZoneAddresses): string[] {
  if (addresses.kind === 'on-prem') return [`${addresses.loadBalancerAddress}/32`];
  const balancers = addresses.subnets.flatMap(({ balancer }) => balancer.cidr ?? []);
  return balancers.length > 0 ? balancers : [addresses.cidr];
}
