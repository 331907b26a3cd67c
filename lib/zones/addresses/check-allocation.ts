import { capacity, prefixLength } from '../../core/addresses';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import type { CloudNetwork, OnPremNetwork, Segmentation, SiteNetwork } from '../segmentation';
import type { ZoneSpec } from '../spec';
import { checkExplicitAddresses, holdsAvailabilityZones, tooSmall, type ZoneAtSite } from './explicit-addresses';
import { cloudSlots } from './subnetting';

/** Checks that every zone can get addresses at each of its sites. */

/** Number of slots of a site, with the attribute that limits it. */
function slotsOf(site: SiteNetwork): { slots: number; attribute: string; value: string | number } {
  if (site.kind === 'cloud') return { slots: cloudSlots(site), attribute: 'zonePrefix', value: site.zonePrefix };
  const balancer = capacity(site.loadBalancerCidr, site.loadBalancerPrefix);
  const egress = site.egressCidr === undefined ? balancer : capacity(site.egressCidr, site.egressPrefix);
  return balancer <= egress
    ? { slots: balancer, attribute: 'loadBalancerPrefix', value: site.loadBalancerPrefix }
    : { slots: egress, attribute: 'egressPrefix', value: site.egressPrefix };
}

/** Whether any of a zone's addresses at a site is derived from its slot. */
function usesSlot({ zone, siteId }: ZoneAtSite, site: SiteNetwork): boolean {
  const explicit = zone.at[siteId];
  if (site.kind === 'cloud') return explicit?.cidr === undefined;
  return explicit?.loadBalancerCidr === undefined || (site.egressCidr !== undefined && explicit.egressCidr === undefined);
}

/** The lowest slot that no zone uses. */
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
    zoneProblem('ZON017', `sites/${siteId}/${attribute}`, {
      wrong: 'no zone block of this length fits in the block of the site',
      rule: 'the block of a site must have room for a zone',
      got: value,
      fix: `Write a longer ${attribute}, or a wider block.`,
    }),
  ];
}

function takenSlots(estate: Segmentation, siteId: string, site: SiteNetwork): Problem[] {
  const owners = new Map<number, string>();
  // In the order of declaration, so that a new zone does not put an existing one in the wrong.
  return Object.entries(estate.zones).flatMap(([zoneId, zone]) => {
    if (!zone.sites.includes(siteId) || !usesSlot({ zoneId, zone, siteId }, site)) return [];
    const owner = owners.get(zone.slot);
    if (owner === undefined) {
      owners.set(zone.slot, zoneId);
      return [];
    }
    return [
      zoneProblem('ZON010', `zones/${zoneId}/slot`, {
        wrong: `zone ${owner} already uses this slot at site ${siteId}`,
        rule: 'every zone must have a slot of its own',
        got: zone.slot,
        conflictsWith: `zones/${owner}/slot`,
        fix: `Write slot: ${freeSlot(estate)}, the lowest free slot.`,
      }),
    ];
  });
}

function slotInRange(estate: Segmentation, zoneAtSite: ZoneAtSite, site: SiteNetwork): Problem[] {
  const { slots } = slotsOf(site);
  if (slots <= 0 || !usesSlot(zoneAtSite, site) || zoneAtSite.zone.slot < slots) return [];
  const free = freeSlot(estate);
  const fix = free < slots ? `Write slot: ${free}, the lowest free slot.` : `Give site ${zoneAtSite.siteId} a wider block.`;
  return [
    zoneProblem('ZON011', `zones/${zoneAtSite.zoneId}/slot`, {
      wrong: `site ${zoneAtSite.siteId} has no room for this slot`,
      rule: `the slot must be at most ${slots - 1}`,
      got: zoneAtSite.zone.slot,
      fix,
    }),
  ];
}

function roomInShare(siteId: string, site: SiteNetwork): Problem[] {
  if (site.kind !== 'cloud' || site.vpc || holdsAvailabilityZones(site.zonePrefix, site)) return [];
  return [tooSmall(`sites/${siteId}/zonePrefix`, site.zonePrefix, site)];
}

/** Problems of the address allocation at one site. */
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

/** Problems of the address allocation at all sites, each reported once. */
export function checkAllocation(estate: Segmentation): Problem[] {
  const problems = sortedEntries(estate.sites).flatMap(([siteId, site]) => atSite(estate, siteId, site));
  return [...new Map(problems.map((found) => [`${found.code} ${found.path}`, found])).values()];
}

/** Whether the addresses of a zone at a site can be computed. */
export function hasAddresses(zone: ZoneSpec, siteId: string, site: CloudNetwork | OnPremNetwork): boolean {
  if (usesSlot({ zoneId: '', zone, siteId }, site) && zone.slot >= slotsOf(site).slots) return false;
  if (site.kind !== 'cloud' || site.vpc) return true;
  const explicit = zone.at[siteId]?.cidr;
  return holdsAvailabilityZones(explicit === undefined ? site.zonePrefix : prefixLength(explicit), site);
}
