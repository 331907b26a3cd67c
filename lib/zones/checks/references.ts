import { nearest } from '../../core/nearest';
import { sortedEntries } from '../../core/order';
import { type Problem, problem } from '../../core/problem';
import type { Segmentation } from '../segmentation';
import type { LinkSpec, ZoneSpec } from '../spec';
import type { Doubt } from './partial-parse';

interface Namespace {
  readonly names: readonly string[];
  has(name: string): boolean;
}

function namespace(estate: Segmentation, doubt: Doubt, ...maps: ('sites' | 'zones' | 'externals')[]): Namespace {
  const names = maps.flatMap((map) => Object.keys(estate[map]));
  const known = new Set(names);
  return { names, has: (name) => known.has(name) || maps.some((map) => doubt.isBroken(`${map}/${name}`)) };
}

function proposal(name: string, { names }: Namespace): string {
  const meant = nearest(name, names);
  return meant ? `Write ${meant}.` : `Write one of ${names.join(', ') || 'those that are declared'}.`;
}

/** The sites that a list names, each of which has to exist and to be named once. */
function siteList(path: string, list: readonly string[], sites: Namespace): Problem[] {
  return list.flatMap((site, index) => {
    const at = `${path}/${index}`;
    if (!sites.has(site)) {
      return [
        problem('ZON001', at, { cannot: 'name the site', as: 'the estate has none of this id', value: site, fix: proposal(site, sites) }),
      ];
    }
    if (list.indexOf(site) === index) return [];
    return [
      problem('ZON007', at, { cannot: 'name a site', as: 'the list names it before', value: site, fix: `Remove the second ${site}.` }),
    ];
  });
}

/** The keys of a map keyed by site, each of which has to be a site at which the thing stands, or one that was misspelt where it should. */
function siteKeys(path: string, map: object | undefined, stands: readonly string[], sites: Namespace): Problem[] {
  const meant = stands.map((site) => (sites.has(site) ? site : nearest(site, sites.names)));
  return Object.keys(map ?? {})
    .filter((site) => !meant.includes(site))
    .map((site) => {
      const at = `${path}/${site}`;
      if (!sites.has(site)) {
        return problem('ZON001', at, {
          cannot: 'give values for the site',
          as: 'the estate has none of this id',
          value: site,
          fix: proposal(site, sites),
        });
      }
      const fix = `Remove ${site} here; it stands at ${stands.join(', ')}.`;
      return problem('ZON004', at, { cannot: 'give values for the site', as: 'they would have no effect there', value: site, fix });
    });
}

function flowReferences(path: string, zone: ZoneSpec, sources: Namespace, doubt: Doubt): Problem[] {
  const own = {
    names: Object.keys(zone.endpoints),
    has: (id: string) => id in zone.endpoints || doubt.isBroken(`${path}/endpoints/${id}`),
  };
  return sortedEntries(zone.allowFrom).flatMap(([source, { endpoints = [] }]) => {
    const at = `${path}/allowFrom/${source}`;
    const unknown = endpoints.map((id, index) => ({ id, index })).filter(({ id }) => !own.has(id));
    return [
      ...(sources.has(source)
        ? []
        : [
            problem('ZON002', at, {
              cannot: 'allow connections',
              as: 'the source is neither a zone nor an external',
              value: source,
              fix: proposal(source, sources),
            }),
          ]),
      ...unknown.map(({ id, index }) =>
        problem('ZON003', `${at}/endpoints/${index}`, {
          cannot: 'allow connections',
          as: 'the zone has no such endpoint',
          value: id,
          fix: proposal(id, own),
        }),
      ),
    ];
  });
}

function zoneReferences(path: string, zone: ZoneSpec, sites: Namespace, sources: Namespace, doubt: Doubt): Problem[] {
  return [
    ...siteList(`${path}/sites`, zone.sites, sites),
    ...siteKeys(`${path}/at`, zone.at, zone.sites, sites),
    ...sortedEntries(zone.endpoints).flatMap(([id, { backend, managed }]) => [
      ...siteKeys(`${path}/endpoints/${id}/backend/servers`, backend.servers, zone.sites, sites),
      ...siteKeys(`${path}/endpoints/${id}/managed/certificates`, managed?.certificates, zone.sites, sites),
    ]),
    ...flowReferences(path, zone, sources, doubt),
  ];
}

function linkReferences(path: string, link: LinkSpec, sites: Namespace): Problem[] {
  return [
    ...siteList(`${path}/between`, link.between, sites),
    ...siteKeys(`${path}/prefixes`, link.prefixes, link.between, sites),
    ...siteKeys(`${path}/transitGateway`, link.transitGateway, link.between, sites),
    ...siteKeys(`${path}/virtualPrivateGateway`, link.virtualPrivateGateway, link.between, sites),
  ];
}

function sharedIds(estate: Segmentation): Problem[] {
  return Object.keys(estate.externals)
    .filter((id) => id in estate.zones)
    .map((id) =>
      problem('ZON005', `externals/${id}`, {
        cannot: 'name an external',
        as: 'a zone has the same id',
        value: id,
        fix: `Rename it, for example to ${id}-network.`,
      }),
    );
}

/** Every name that leads nowhere. */
export function checkReferences(estate: Segmentation, doubt: Doubt): Problem[] {
  const sites = namespace(estate, doubt, 'sites');
  const sources = namespace(estate, doubt, 'zones', 'externals');
  return [
    ...sharedIds(estate),
    ...sortedEntries(estate.externals).flatMap(([id, external]) => siteList(`externals/${id}/sites`, external.sites ?? [], sites)),
    ...sortedEntries(estate.links).flatMap(([id, link]) => linkReferences(`links/${id}`, link, sites)),
    ...sortedEntries(estate.zones).flatMap(([id, zone]) => zoneReferences(`zones/${id}`, zone, sites, sources, doubt)),
  ];
}

const mapValues = <T>(map: Readonly<Record<string, T>>, change: (value: T, id: string) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(map).map(([id, value]) => [id, change(value, id)]));

/** The estate without the names that lead nowhere, so that what follows from them is no second error. */
export interface PlannableSegmentation extends Segmentation {
  /** Ids of zones and externals that lost a site: nobody can say where they do not stand. */
  readonly incomplete: ReadonlySet<string>;
  /** Whether links were lost or did not parse: no pair of sites can be said to have none. */
  readonly linksIncomplete: boolean;
}

/** Leaves out every name that leads nowhere. */
export function dropDanglingReferences(estate: Segmentation, doubt: Doubt): PlannableSegmentation {
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
        Object.entries(zone.allowFrom).filter(([source]) => source in estate.zones || source in estate.externals),
      ),
    })),
    incomplete: new Set(listed.filter(([, { sites = [] }]) => sites.some((site) => !(site in estate.sites))).map(([id]) => id)),
    linksIncomplete: doubt.holdsBroken('links') || Object.keys(links).length < Object.keys(estate.links).length,
  };
}
