import type { PartialParse } from '../../core/domain';
import { nearest } from '../../core/nearest';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import type { Segmentation } from '../segmentation';
import type { LinkSpec, ZoneSpec } from '../spec';

interface Namespace {
  readonly names: readonly string[];
  has(name: string): boolean;
}

function namespace(estate: Segmentation, parse: PartialParse, ...maps: ('sites' | 'zones' | 'externals')[]): Namespace {
  const names = maps.flatMap((map) => Object.keys(estate[map]));
  const known = new Set(names);
  return { names, has: (name) => known.has(name) || maps.some((map) => parse.isBroken(`${map}/${name}`)) };
}

function proposal(name: string, { names }: Namespace): string {
  const meant = nearest(name, names);
  return meant ? `Write ${meant}.` : `Write one of: ${names.join(', ') || 'none is declared yet'}.`;
}

/** Problems of a list of sites: each must be declared and listed once. */
function siteList(path: string, list: readonly string[], sites: Namespace): Problem[] {
  return list.flatMap((site, index) => {
    const at = `${path}/${index}`;
    if (!sites.has(site)) {
      return [
        zoneProblem('ZON001', at, {
          wrong: 'the estate has no site of this id',
          rule: 'the site must be declared under sites',
          got: site,
          fix: proposal(site, sites),
        }),
      ];
    }
    if (list.indexOf(site) === index) return [];
    return [
      zoneProblem('ZON007', at, {
        wrong: 'the list already names this site',
        rule: 'a list of sites must name every site once',
        got: site,
        fix: `Remove the second ${site}.`,
      }),
    ];
  });
}

/** The zone or link that a map with values per site belongs to. */
interface SiteMapOwner {
  readonly kind: 'zone' | 'link';
  readonly sites: readonly string[];
}

/**
 * Problems of the keys of a map keyed by site: each must be a site of the map's owner.
 *
 * A key with the same typing error as the owner's own list of sites is accepted, since the list reports the error.
 */
function siteKeys(path: string, map: object | undefined, owner: SiteMapOwner, sites: Namespace): Problem[] {
  const meant = owner.sites.map((site) => (sites.has(site) ? site : nearest(site, sites.names)));
  return Object.keys(map ?? {})
    .filter((site) => !meant.includes(site))
    .map((site) => {
      const at = `${path}/${site}`;
      if (!sites.has(site)) {
        return zoneProblem('ZON001', at, {
          wrong: 'the estate has no site of this id',
          rule: 'the site must be declared under sites',
          got: site,
          fix: proposal(site, sites),
        });
      }
      return zoneProblem('ZON004', at, {
        wrong: `the ${owner.kind} does not include site ${site}`,
        rule: `the site must be one of the sites of the ${owner.kind}: ${owner.sites.join(', ')}`,
        got: site,
        fix: `Remove ${site} here.`,
      });
    });
}

/** What the references of a zone are resolved against. */
interface Scope {
  readonly estate: Segmentation;
  readonly sites: Namespace;
  /** Ids of zones and externals. */
  readonly sources: Namespace;
  readonly parse: PartialParse;
}

/** Problems of the sites of a flow: each must be declared, listed once, and a site of one of its ends. */
function flowSites(at: string, zone: ZoneSpec, source: string, list: readonly string[], { estate, sites }: Scope): Problem[] {
  const invalid = siteList(at, list, sites);
  const from = estate.zones[source] ?? estate.externals[source];
  if (invalid.length > 0 || !from) return invalid;
  const ends = [...zone.sites, ...(from.sites ?? Object.keys(estate.sites))];
  return list.flatMap((site, index) =>
    ends.includes(site)
      ? []
      : [
          zoneProblem('ZON004', `${at}/${index}`, {
            wrong: `neither the zone nor ${source} is at site ${site}`,
            rule: 'a site of a flow must be a site of its zone or of its source',
            got: site,
            fix: `Remove ${site} here.`,
          }),
        ],
  );
}

function flowReferences(path: string, zone: ZoneSpec, scope: Scope): Problem[] {
  const { sources, parse } = scope;
  const own = {
    names: Object.keys(zone.endpoints),
    has: (id: string) => id in zone.endpoints || parse.isBroken(`${path}/endpoints/${id}`),
  };
  return sortedEntries(zone.allowFrom).flatMap(([source, { endpoints = [], sites = [] }]) => {
    const at = `${path}/allowFrom/${source}`;
    const unknown = endpoints.map((id, index) => ({ id, index })).filter(({ id }) => !own.has(id));
    return [
      ...(sources.has(source)
        ? []
        : [
            zoneProblem('ZON002', at, {
              wrong: 'the estate has no zone or external of this id',
              rule: 'the source of a flow must be a zone or an external of the estate',
              got: source,
              fix: proposal(source, sources),
            }),
          ]),
      ...flowSites(`${at}/sites`, zone, source, sites, scope),
      ...unknown.map(({ id, index }) =>
        zoneProblem('ZON003', `${at}/endpoints/${index}`, {
          wrong: 'the zone has no endpoint of this id',
          rule: 'a flow must name endpoints of the zone that it belongs to',
          got: id,
          fix: proposal(id, own),
        }),
      ),
    ];
  });
}

function zoneReferences(path: string, zone: ZoneSpec, scope: Scope): Problem[] {
  const { sites } = scope;
  const owner: SiteMapOwner = { kind: 'zone', sites: zone.sites };
  return [
    ...siteList(`${path}/sites`, zone.sites, sites),
    ...siteKeys(`${path}/at`, zone.at, owner, sites),
    ...sortedEntries(zone.endpoints).flatMap(([id, { backend, managed }]) => [
      ...siteKeys(`${path}/endpoints/${id}/backend/servers`, backend.servers, owner, sites),
      ...siteKeys(`${path}/endpoints/${id}/managed/certificates`, managed?.certificates, owner, sites),
    ]),
    ...flowReferences(path, zone, scope),
  ];
}

function linkReferences(path: string, link: LinkSpec, sites: Namespace): Problem[] {
  const owner: SiteMapOwner = { kind: 'link', sites: link.between };
  return [
    ...siteList(`${path}/between`, link.between, sites),
    ...siteKeys(`${path}/prefixes`, link.prefixes, owner, sites),
    ...siteKeys(`${path}/transitGateway`, link.transitGateway, owner, sites),
    ...siteKeys(`${path}/virtualPrivateGateway`, link.virtualPrivateGateway, owner, sites),
  ];
}

function sharedIds(estate: Segmentation): Problem[] {
  return Object.keys(estate.externals)
    .filter((id) => id in estate.zones)
    .map((id) =>
      zoneProblem('ZON005', `externals/${id}`, {
        wrong: 'a zone has the same id',
        rule: 'an external and a zone must have different ids',
        got: id,
        conflictsWith: `zones/${id}`,
        fix: `Rename the external, for example to ${id}-network.`,
      }),
    );
}

/** Problems of references to things that are not declared. */
export function checkReferences(estate: Segmentation, parse: PartialParse): Problem[] {
  const sites = namespace(estate, parse, 'sites');
  const sources = namespace(estate, parse, 'zones', 'externals');
  return [
    ...sharedIds(estate),
    ...sortedEntries(estate.externals).flatMap(([id, external]) => siteList(`externals/${id}/sites`, external.sites ?? [], sites)),
    ...sortedEntries(estate.links).flatMap(([id, link]) => linkReferences(`links/${id}`, link, sites)),
    ...sortedEntries(estate.zones).flatMap(([id, zone]) => zoneReferences(`zones/${id}`, zone, { estate, sites, sources, parse })),
  ];
}

const mapValues = <T>(map: Readonly<Record<string, T>>, change: (value: T, id: string) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(map).map(([id, value]) => [id, change(value, id)]));

/** A segmentation without dangling references, so that later checks do not report their consequences. */
export interface PlannableSegmentation extends Segmentation {
  /** Ids of zones and externals with a reference to an unknown site, whose set of sites is therefore not certain. */
  readonly incomplete: ReadonlySet<string>;
  /** Whether a link was dropped or did not parse, so that a pair of sites without a link is not an error. */
  readonly linksIncomplete: boolean;
}

/** Removes references to sites, zones and externals that are not declared. */
export function dropDanglingReferences(estate: Segmentation, parse: PartialParse): PlannableSegmentation {
  const known = (list: readonly string[]): string[] => [...new Set(list)].filter((site) => site in estate.sites);
  const links = Object.fromEntries(Object.entries(estate.links).filter(([, { between }]) => known(between).length === 2));
  const listed = [...Object.entries(estate.zones), ...Object.entries(estate.externals)];
  return {
    ...estate,
    externals: mapValues(estate.externals, (external) => (external.sites ? { ...external, sites: known(external.sites) } : external)),
    links,
    zones: mapValues(estate.zones, (zone) => ({
      ...zone,
      sites: known(zone.sites),
      allowFrom: Object.fromEntries(
        Object.entries(zone.allowFrom).filter(
          ([source, { sites = [] }]) =>
            (source in estate.zones || source in estate.externals) && sites.every((site) => site in estate.sites),
        ),
      ),
    })),
    incomplete: new Set(listed.filter(([, { sites = [] }]) => sites.some((site) => !(site in estate.sites))).map(([id]) => id)),
    linksIncomplete: parse.holdsBroken('links') || Object.keys(links).length < Object.keys(estate.links).length,
  };
}
