import { contains, prefixLength } from '../../core/addresses';
import { type Problem, problem } from '../../core/problem';
import type { CloudNetwork, SiteNetwork } from '../segmentation';
import type { ZoneSpec } from '../spec';
import { availabilityZonePrefix } from './subnetting';

/** Whether the addresses that a zone declares for a site can be its own there. */

/** One zone at one site. */
export interface ZoneAtSite {
  readonly zoneId: string;
  readonly zone: ZoneSpec;
  readonly siteId: string;
}

/** Whether a block of a length holds the shares of so many availability zones. */
export function holdsAvailabilityZones(length: number, { availabilityZones }: CloudNetwork): boolean {
  return 2 ** (availabilityZonePrefix - length) >= availabilityZones.length;
}

/** The problem of a block, or of a prefix for blocks, that holds too few availability zones. */
export function tooSmall(path: string, value: string | number, { availabilityZones }: CloudNetwork): Problem {
  const widest = availabilityZonePrefix - Math.ceil(Math.log2(availabilityZones.length));
  return problem('ZON013', path, {
    cannot: `place ${availabilityZones.length} availability zones`,
    as: `each takes a /${availabilityZonePrefix} of a zone's block`,
    value,
    fix: typeof value === 'number' ? `Write zonePrefix: ${widest} or less.` : `Write a block of length /${widest} or wider.`,
  });
}

function roomInExplicitBlock({ zoneId, zone, siteId }: ZoneAtSite, site: CloudNetwork): Problem[] {
  const explicit = zone.at[siteId]?.cidr;
  if (explicit === undefined || holdsAvailabilityZones(prefixLength(explicit), site)) return [];
  return [tooSmall(`zones/${zoneId}/at/${siteId}/cidr`, explicit, site)];
}

function insideVpc({ zoneId, zone, siteId }: ZoneAtSite, site: CloudNetwork): Problem[] {
  const explicit = zone.at[siteId]?.cidr;
  if (explicit === undefined || contains(site.cidr, explicit)) return [];
  return [
    problem('ZON014', `zones/${zoneId}/at/${siteId}/cidr`, {
      cannot: 'place the zone',
      as: `its block has to lie in ${site.cidr}, the block of the VPC`,
      value: explicit,
      fix: 'Remove it, so that the slot gives the block.',
    }),
  ];
}

function existingSubnets({ zoneId, zone, siteId }: ZoneAtSite, site: CloudNetwork): Problem[] {
  const path = `zones/${zoneId}/at/${siteId}/subnets`;
  const given = zone.at[siteId]?.subnets ?? {};
  const missing = site.availabilityZones.filter((name) => !(name in given));
  const unknown = Object.keys(given).filter((name) => !site.availabilityZones.includes(name));
  const example = missing.map((name) => `${name}: { balancer: subnet-..., tier: subnet-... }`).join(', ');
  return [
    ...(missing.length === 0
      ? []
      : [
          problem('ZON015', path, {
            cannot: 'place the zone in the existing VPC',
            as: `it names no subnets in ${missing.join(', ')}`,
            value: zone.at[siteId]?.subnets,
            fix: `Write at: { ${siteId}: { subnets: { ${example} } } } in zone ${zoneId}.`,
          }),
        ]),
    ...unknown.map((name) =>
      problem('ZON016', `${path}/${name}`, {
        cannot: 'use the subnets',
        as: `site ${siteId} declares ${site.availabilityZones.join(', ')}`,
        value: name,
        fix: 'Remove it, or declare the availability zone at the site.',
      }),
    ),
  ];
}

const attributesOf = { cloud: ['cidr', 'subnets'], 'on-prem': ['loadBalancerCidr', 'egressCidr'] } as const;

function foreignAttributes({ zoneId, zone, siteId }: ZoneAtSite, site: SiteNetwork): Problem[] {
  const given = zone.at[siteId] ?? {};
  const other = site.kind === 'cloud' ? 'on-prem' : 'cloud';
  const foreign: readonly (keyof typeof given)[] =
    site.kind === 'cloud' && !site.vpc ? [...attributesOf[other], 'subnets'] : attributesOf[other];
  return foreign
    .filter((attribute) => given[attribute] !== undefined)
    .map((attribute) =>
      problem('ZON008', `zones/${zoneId}/at/${siteId}/${attribute}`, {
        cannot: `use ${attribute}`,
        as: attribute === 'subnets' && site.kind === 'cloud' ? `the VPC of site ${siteId} is made here` : `site ${siteId} is ${site.kind}`,
        value: given[attribute],
        fix: 'Remove it.',
      }),
    );
}

/** Everything that is wrong with what a zone declares for a site. */
export function checkExplicitAddresses(zoneAtSite: ZoneAtSite, site: SiteNetwork): Problem[] {
  const foreign = foreignAttributes(zoneAtSite, site);
  if (site.kind === 'on-prem') return foreign;
  return [
    ...foreign,
    ...(site.vpc ? existingSubnets(zoneAtSite, site) : [...roomInExplicitBlock(zoneAtSite, site), ...insideVpc(zoneAtSite, site)]),
  ];
}
