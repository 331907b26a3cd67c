import type { Segmentation, SiteNetwork } from '../segmentation';
import type { ZoneSpec } from '../spec';
import type { AddressAllocation, ZoneAddresses } from './allocation';
import { endpointBlock } from './subnetting';

/** Inventory of the address blocks of an estate, with the properties that decide whether two of them may overlap. */

interface Common {
  readonly cidr: string;
  /** Path of the attribute that declares the block. */
  readonly path: string;
}

export type AddressBlock = Common &
  (
    | { readonly kind: 'site'; readonly site: string; readonly attribute: string }
    /** `within` is the attribute of the site whose block contains this one; `explicit` means not derived from the slot. */
    | { readonly kind: 'zone'; readonly site: string; readonly within: string; readonly explicit: boolean }
    | { readonly kind: 'prefix'; readonly site: string; readonly link: string; readonly toward: string }
    | { readonly kind: 'external'; readonly external: string; readonly sites: readonly string[] }
  );

const siteAttributes = {
  cloud: ['cidr'],
  'on-prem': ['podCidr', 'nodeCidr', 'serviceCidr', 'loadBalancerCidr', 'egressCidr'],
} as const;

function siteBlocks(siteId: string, site: SiteNetwork): AddressBlock[] {
  const blocks: Partial<Record<string, string>> = Object.fromEntries(Object.entries(site).filter(([, value]) => typeof value === 'string'));
  const storage = site.kind === 'cloud' ? site.s3.cidrs.map((cidr, index) => [`s3/cidrs/${index}`, cidr] as const) : [];
  return [...siteAttributes[site.kind].map((attribute) => [attribute, blocks[attribute]] as const), ...storage].flatMap(
    ([attribute, cidr]): AddressBlock[] =>
      cidr === undefined ? [] : [{ kind: 'site', site: siteId, attribute, cidr, path: `sites/${siteId}/${attribute}` }],
  );
}

function zoneBlocks(zoneId: string, zone: ZoneSpec, siteId: string, addresses: ZoneAddresses): AddressBlock[] {
  const block = (attribute: 'cidr' | 'loadBalancerCidr' | 'egressCidr', cidr: string | undefined): AddressBlock[] => {
    if (cidr === undefined) return [];
    const explicit = zone.at[siteId]?.[attribute] !== undefined;
    const path = explicit ? `zones/${zoneId}/at/${siteId}/${attribute}` : `zones/${zoneId}/slot`;
    return [{ kind: 'zone', site: siteId, within: attribute, explicit, cidr, path }];
  };
  return addresses.kind === 'cloud'
    ? block('cidr', addresses.cidr)
    : [...block('loadBalancerCidr', addresses.loadBalancerCidr), ...block('egressCidr', addresses.egressCidr)];
}

function reservedBlock(siteId: string, site: SiteNetwork): AddressBlock[] {
  const cidr = site.kind === 'cloud' ? endpointBlock(site) : undefined;
  return cidr === undefined
    ? []
    : [{ kind: 'zone', site: siteId, within: 'cidr', explicit: false, cidr, path: `sites/${siteId}/zonePrefix` }];
}

function linkBlocks(estate: Segmentation): AddressBlock[] {
  return Object.entries(estate.links).flatMap(([link, { between, prefixes }]) =>
    between.flatMap((site) =>
      (prefixes[site] ?? []).map((cidr, index): AddressBlock => {
        const toward = between.find((other) => other !== site) ?? site;
        return { kind: 'prefix', site, link, toward, cidr, path: `links/${link}/prefixes/${site}/${index}` };
      }),
    ),
  );
}

/** Blocks of zones, first those derived from slots, then explicit ones. */
function blocksOfZones(estate: Segmentation, allocation: AddressAllocation): AddressBlock[] {
  const blocks = Object.entries(estate.zones).flatMap(([zoneId, zone]) =>
    zone.sites.flatMap((siteId) => {
      const addresses = allocation.get(siteId)?.get(zoneId);
      return addresses ? zoneBlocks(zoneId, zone, siteId, addresses) : [];
    }),
  );
  const isExplicit = (block: AddressBlock) => block.kind === 'zone' && block.explicit;
  return [...blocks.filter((block) => !isExplicit(block)), ...blocks.filter(isExplicit)];
}

/**
 * Blocks of sites, zones, links and externals, in this order, and each in the order of declaration.
 *
 * The order decides which of two overlapping blocks is reported: the later one.
 */
export function addressBlocks(estate: Segmentation, allocation: AddressAllocation): AddressBlock[] {
  const sites = Object.entries(estate.sites);
  return [
    ...sites.flatMap(([id, site]) => siteBlocks(id, site)),
    ...sites.flatMap(([id, site]) => reservedBlock(id, site)),
    ...blocksOfZones(estate, allocation),
    ...linkBlocks(estate),
    ...Object.entries(estate.externals).flatMap(([external, { cidrs, sites: arrives }]) =>
      cidrs.map((cidr, index): AddressBlock => {
        return {
          kind: 'external',
          external,
          sites: arrives ?? Object.keys(estate.sites),
          cidr,
          path: `externals/${external}/cidrs/${index}`,
        };
      }),
    ),
  ];
}
