import { contains, prefixLength } from '../../core/addresses';
import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import type { CloudNetwork, SiteNetwork } from '../segmentation';
import type { ZoneSpec } from '../spec';
import { availabilityZonePrefix, partOf, partsNeeded } from './subnetting';

/** Checks of the addresses that a zone declares explicitly for a site. */

/** One zone at one site. */
export interface ZoneAtSite {
  readonly zoneId: string;
  readonly zone: ZoneSpec;
  readonly siteId: string;
}

/** Whether a block with this prefix length has room for all availability zones of the site. */
export function holdsAvailabilityZones(length: number, site: CloudNetwork): boolean {
  return 2 ** (availabilityZonePrefix - length) >= partsNeeded(site);
}

/** The problem of a block, or of a prefix length for blocks, without room for all availability zones. */
export function tooSmall(path: string, value: string | number, site: CloudNetwork): Problem {
  const parts = partsNeeded(site);
  const last = site.availabilityZones.find((name) => partOf(name) === parts - 1);
  const widest = availabilityZonePrefix - Math.ceil(Math.log2(parts));
  return zoneProblem('ZON013', path, {
    wrong: `a zone's block of this size has no part for availability zone ${last}`,
    rule: `a zone's block must contain a /${availabilityZonePrefix} for each letter of availability zones up to the last one of the site`,
    got: value,
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
    zoneProblem('ZON014', `zones/${zoneId}/at/${siteId}/cidr`, {
      wrong: `the block is not in ${site.cidr}, the block of the VPC`,
      rule: "a zone's block must be in the block of the VPC",
      got: explicit,
      fix: 'Remove the block, so that it is derived from the slot.',
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
          zoneProblem('ZON015', path, {
            wrong: `the zone has no subnets in ${missing.join(', ')}`,
            rule: 'a zone in an existing VPC must have subnets in every availability zone of the site',
            fix: `Write at: { ${siteId}: { subnets: { ${example} } } } in zone ${zoneId}.`,
          }),
        ]),
    ...unknown.map((name) =>
      zoneProblem('ZON016', `${path}/${name}`, {
        wrong: `site ${siteId} does not have this availability zone`,
        rule: `the availability zone must be one of ${site.availabilityZones.join(', ')}`,
        got: name,
        fix: 'Remove the subnets, or declare the availability zone at the site.',
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
      zoneProblem('ZON008', `zones/${zoneId}/at/${siteId}/${attribute}`, {
        ...(attribute === 'subnets' && site.kind === 'cloud'
          ? { wrong: `site ${siteId} does not use an existing VPC`, rule: 'subnets must be set in an existing VPC only' }
          : {
              wrong: `site ${siteId} is ${site.kind === 'cloud' ? 'a cloud site' : 'on-prem'}`,
              rule: `${attribute} must be set at ${other} sites only`,
            }),
        got: given[attribute],
        fix: `Remove ${attribute}.`,
      }),
    );
}

/** Problems of the addresses that a zone declares explicitly for a site. */
export function checkExplicitAddresses(zoneAtSite: ZoneAtSite, site: SiteNetwork): Problem[] {
  const foreign = foreignAttributes(zoneAtSite, site);
  if (site.kind === 'on-prem') return foreign;
  return [
    ...foreign,
    ...(site.vpc ? existingSubnets(zoneAtSite, site) : [...roomInExplicitBlock(zoneAtSite, site), ...insideVpc(zoneAtSite, site)]),
  ];
}
