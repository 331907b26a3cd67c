import { capacity, prefixLength } from '../../core/addresses';
import { sortedEntries } from '../../core/order';
import { type Problem, problem } from '../../core/problem';
import type { CloudNetwork, OnPremNetwork, Segmentation, SiteNetwork } from '../segmentation';
import type { ZoneSpec } from '../spec';
import { checkExplicitAddresses, holdsAvailabilityZones, tooSmall, type ZoneAtSite } from './explicit-addresses';
import { cloudSlots } from './subnetting';

/** Whether the addresses of every zone at every site exist and fit. */

/** How many slots a site has, and the attribute that says so. */
function slotsOf(site: SiteNetwork): { slots: number; attribute: string; value: string | number } {
  if (site.kind === 'cloud') return { slots: cloudSlots(site), attribute: 'zonePrefix', value: site.zonePrefix };
  const balancer = capacity(site.loadBalancerCidr, site.loadBalancerPrefix);
  const egress = site.egressCidr === undefined ? balancer : capacity(site.egressCidr, site.egressPrefix);
  return balancer <= egress
    ? { slots: balancer, attribute: 'loadBalancerPrefix', value: site.loadBalancerPrefix }
    : { slots: egress, attribute: 'egressPrefix', value: site.egressPrefix };
}

/** Whether a zone takes any of its addresses at a site by its slot. */
function usesSlot({ zone, siteId }: ZoneAtSite, site: SiteNetwork): boolean {
  const explicit = zone.at[siteId];
  if (site.kind === 'cloud') return explicit?.cidr === undefined;
  return explicit?.loadBalancerCidr === undefined || (site.egressCidr !== undefined && explicit.egressCidr === undefined);
}

/** The lowest slot that no zone has. */
function freeSlot(estate: Segmentation): number {
  const taken = new Set(Object.values(estate.zones).map(({ slot }) => slot));
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  return slot;
}

function roomForZones(siteId: string, site: SiteNetwork): Problem[] {
  const { slots, attribute, value } = slotsOf(site);
  if (slots > 0) return [];
  return [
    problem('ZON017', `sites/${siteId}/${attribute}`, {
      cannot: 'place a zone at the site',
      as: 'its block holds no share of this length',
      value,
      fix: `Write a longer ${attribute}, or a wider block.`,
    }),
  ];
}

function takenSlots(estate: Segmentation, siteId: string, site: SiteNetwork): Problem[] {
  const owners = new Map<number, string>();
  return sortedEntries(estate.zones).flatMap(([zoneId, zone]) => {
    if (!zone.sites.includes(siteId) || !usesSlot({ zoneId, zone, siteId }, site)) return [];
    const owner = owners.get(zone.slot);
    if (owner === undefined) {
      owners.set(zone.slot, zoneId);
      return [];
    }
    return [
      problem('ZON010', `zones/${zoneId}/slot`, {
        cannot: 'give the zone its addresses',
        as: `zone ${owner} has the same slot at site ${siteId}`,
        value: zone.slot,
        fix: `Write slot: ${freeSlot(estate)}, the lowest that is free.`,
      }),
    ];
  });
}

function slotInRange(estate: Segmentation, zoneAtSite: ZoneAtSite, site: SiteNetwork): Problem[] {
  const { slots } = slotsOf(site);
  if (slots <= 0 || !usesSlot(zoneAtSite, site) || zoneAtSite.zone.slot < slots) return [];
  const free = freeSlot(estate);
  const fix = free < slots ? `Write slot: ${free}, the lowest that is free.` : `Give site ${zoneAtSite.siteId} a wider block.`;
  return [
    problem('ZON011', `zones/${zoneAtSite.zoneId}/slot`, {
      cannot: 'give the zone its addresses',
      as: `site ${zoneAtSite.siteId} holds slots 0 to ${slots - 1}`,
      value: zoneAtSite.zone.slot,
      fix,
    }),
  ];
}

function roomInShare(siteId: string, site: SiteNetwork): Problem[] {
  if (site.kind !== 'cloud' || site.vpc || holdsAvailabilityZones(site.zonePrefix, site)) return [];
  return [tooSmall(`sites/${siteId}/zonePrefix`, site.zonePrefix, site)];
}

/** Everything that keeps zones from getting their addresses at a site. */
function atSite(estate: Segmentation, siteId: string, site: SiteNetwork): Problem[] {
  const zonesAtSite = sortedEntries(estate.zones)
    .filter(([, zone]) => zone.sites.includes(siteId))
    .map(([zoneId, zone]) => ({ zoneId, zone, siteId }));
  const found = zonesAtSite.flatMap((zoneAtSite) => [
    ...slotInRange(estate, zoneAtSite, site),
    ...checkExplicitAddresses(zoneAtSite, site),
  ]);
  return [...roomForZones(siteId, site), ...roomInShare(siteId, site), ...takenSlots(estate, siteId, site), ...found];
}

/** Everything that keeps zones from getting their addresses, each once. */
export function checkAllocation(estate: Segmentation): Problem[] {
  const problems = sortedEntries(estate.sites).flatMap(([siteId, site]) => atSite(estate, siteId, site));
  return [...new Map(problems.map((found) => [`${found.code} ${found.path}`, found])).values()];
}

/** Whether a zone's addresses at a site can be computed at all. */
export function hasAddresses(zone: ZoneSpec, siteId: string, site: CloudNetwork | OnPremNetwork): boolean {
  if (usesSlot({ zoneId: '', zone, siteId }, site) && zone.slot >= slotsOf(site).slots) return false;
  if (site.kind !== 'cloud' || site.vpc) return true;
  const explicit = zone.at[siteId]?.cidr;
  return holdsAvailabilityZones(explicit === undefined ? site.zonePrefix : prefixLength(explicit), site);
}
