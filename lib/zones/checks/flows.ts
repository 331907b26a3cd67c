import { contains } from '../../core/addresses';
import type { PartialParse } from '../../core/domain';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { type AddressAllocation, sourceCidrs, targetCidrs, type ZoneAddresses } from '../addresses/allocation';
import { zoneProblem } from '../codes';
import { isBetween, originsOf } from '../plan/flows';
import { linkBetween, type Segmentation } from '../segmentation';
import type { FlowSpec, ZoneSpec } from '../spec';
import type { PlannableSegmentation } from './references';

/** Checks that every declared flow has an effect, a link between its sites, and known addresses at both ends. */

interface DeclaredFlow {
  readonly path: string;
  readonly source: string;
  readonly target: string;
  readonly zone: ZoneSpec;
  readonly flow: FlowSpec;
}

/** A flow between two different sites. */
interface Crossing extends DeclaredFlow {
  readonly sourceSite: string;
  readonly targetSite: string;
}

function declaredFlows(estate: Segmentation): DeclaredFlow[] {
  return sortedEntries(estate.zones).flatMap(([target, zone]) =>
    sortedEntries(zone.allowFrom).map(([source, flow]) => ({
      path: `zones/${target}/allowFrom/${source}`,
      source,
      target,
      zone,
      flow,
    })),
  );
}

function crossings(estate: Segmentation, declared: DeclaredFlow): Crossing[] {
  const { source, zone, flow } = declared;
  const ends = (sites: readonly string[]) => sites.filter((siteId) => isBetween(flow, siteId));
  const from = flow.scope === 'estate' ? ends(estate.zones[source]?.sites ?? []) : [];
  return ends(zone.sites).flatMap((targetSite) =>
    from.filter((sourceSite) => sourceSite !== targetSite).map((sourceSite) => ({ ...declared, sourceSite, targetSite })),
  );
}

function reachesAny(estate: Segmentation, declared: DeclaredFlow): boolean {
  const { source, zone, flow } = declared;
  // A crossing without a link has a problem of its own.
  return crossings(estate, declared).length > 0 || zone.sites.some((targetSite) => originsOf(estate, source, flow, targetSite).length > 0);
}

function withoutEffect(estate: PlannableSegmentation, flow: DeclaredFlow, parse: PartialParse): Problem[] {
  const { path, source, target, zone } = flow;
  if (Object.keys(zone.endpoints).length === 0) {
    if (parse.holdsBroken(`zones/${target}/endpoints`)) return [];
    const fix = 'Remove the flow, or add an endpoint to the zone.';
    return [
      zoneProblem('ZON006', path, {
        wrong: `zone ${target} has no endpoint`,
        rule: 'the zone of a flow must have an endpoint to connect to',
        fix,
      }),
    ];
  }
  if (reachesAny(estate, flow) || estate.incomplete.has(source) || estate.incomplete.has(target)) return [];
  return [
    zoneProblem('ZON006', path, {
      wrong: `${source} and zone ${target} have no site in common${flow.flow.sites ? ' among the sites of the flow' : ''}`,
      rule:
        source in estate.zones ? 'a flow between different sites must have scope estate' : 'an external must arrive at a site of the zone',
      fix:
        source in estate.zones
          ? 'Write scope: estate and declare links between their sites, or remove the flow.'
          : `Add a site of the zone to externals/${source}/sites.`,
    }),
  ];
}

/** Maximum number of flows in one message, because one missing link can affect hundreds of flows. */
const mostNamed = 5;

/** Sites on the shortest way over links between two sites, without the two; undefined if there is no way. */
function hubsBetween(links: Segmentation['links'], one: string, other: string): readonly string[] | undefined {
  const ways: string[][] = [[one]];
  const seen = new Set([one]);
  for (const way of ways) {
    const end = way.at(-1) as string;
    if (end === other) return way.slice(1, -1);
    for (const [, { between }] of sortedEntries(links)) {
      const next = between.includes(end) ? between.find((site) => !seen.has(site)) : undefined;
      if (next === undefined) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

/** Explains that a way through other sites cannot be used, because gateways and routes exist for the two sites of a link only. */
function noTransit(estate: Segmentation, stopped: readonly Crossing[]): string {
  const hubs = new Set(stopped.flatMap(({ sourceSite, targetSite }) => hubsBetween(estate.links, sourceSite, targetSite) ?? []));
  if (hubs.size === 0) return '';
  return `, and no site forwards traffic of others, so the way through ${[...hubs].sort().join(', ')} cannot be used`;
}

/** Reports all missing links in one problem, independent of the number of flows. */
function unlinked(estate: PlannableSegmentation, crossings: readonly Crossing[]): Problem[] {
  const stopped = crossings.filter(({ sourceSite, targetSite }) => !linkBetween(estate.links, sourceSite, targetSite));
  if (estate.linksIncomplete || stopped.length === 0) return [];
  const flows = [...new Set(stopped.map(({ source, target }) => `from ${source} to ${target}`))];
  const pairs = [...new Set(stopped.map(({ sourceSite, targetSite }) => [sourceSite, targetSite].sort().join(' and ')))].sort();
  const more = flows.length > mostNamed ? ` and ${flows.length - mostNamed} more` : '';
  return [
    zoneProblem('ZON040', 'links', {
      wrong: `no link joins ${pairs.join(', ')} for the flow${flows.length === 1 ? '' : 's'} ${flows.slice(0, mostNamed).join(', ')}${more}${noTransit(estate, stopped)}`,
      rule: 'sites with flows between them must be joined by a link',
      fix: `Declare a link between ${pairs.join(', ')}, or limit the flows to linked sites with sites, or to the same site with scope: site.`,
    }),
  ];
}

function withoutEgress({ source, sourceSite }: Crossing, from: ZoneAddresses | undefined): Problem[] {
  if (from?.kind !== 'on-prem' || from.egressCidr) return [];
  return [
    zoneProblem('ZON041', `sites/${sourceSite}/egressCidr`, {
      wrong: `connections of zone ${source} to other sites have the addresses of nodes, which all zones share`,
      rule: 'a zone that connects to other sites must have egress addresses',
      fix: `Declare egressCidr at site ${sourceSite}, or under at for every zone that connects to other sites.`,
    }),
  ];
}

function unannounced(estate: Segmentation, link: string, site: string, cidrs: readonly string[], crossing: Crossing): Problem[] {
  const prefixes = estate.links[link]?.prefixes[site];
  const missing = prefixes && cidrs.filter((cidr) => !prefixes.some((prefix) => contains(prefix, cidr)));
  if (!missing || missing.length === 0) return [];
  return [
    zoneProblem('ZON042', `links/${link}/prefixes/${site}`, {
      wrong: `site ${site} does not announce ${missing.join(', ')} for the flow from ${crossing.source} to ${crossing.target}`,
      rule: 'a link must announce the addresses of its flows',
      got: prefixes,
      fix: `Add ${missing.join(', ')}, or a block that contains ${missing.length === 1 ? 'it' : 'them'}.`,
    }),
  ];
}

function crossingProblems(estate: PlannableSegmentation, allocation: AddressAllocation, crossing: Crossing): Problem[] {
  const { source, target, sourceSite, targetSite } = crossing;
  const link = linkBetween(estate.links, sourceSite, targetSite);
  if (!link) return [];
  const from = allocation.get(sourceSite)?.get(source);
  const to = allocation.get(targetSite)?.get(target);
  return [
    ...withoutEgress(crossing, from),
    ...(from ? unannounced(estate, link, sourceSite, sourceCidrs(from), crossing) : []),
    ...(to ? unannounced(estate, link, targetSite, targetCidrs(to), crossing) : []),
  ];
}

function externalAtCloud(estate: Segmentation, { source, target, zone, flow }: DeclaredFlow): Problem[] {
  const external = estate.externals[source];
  if (!external) return [];
  return zone.sites.flatMap((siteId) => {
    const site = estate.sites[siteId];
    if (!isBetween(flow, siteId)) return [];
    const arrives = external.sites === undefined || external.sites.includes(siteId);
    if (!arrives || site?.kind !== 'cloud' || site.vpc || site.transitGateway) return [];
    return [
      zoneProblem('ZON045', `sites/${siteId}/transitGateway`, {
        wrong: `external ${source} has no route to zone ${target} at this site`,
        rule: 'a cloud site where an external arrives must have a transit gateway',
        fix: `Write transitGateway: tgw-..., or leave ${siteId} out of externals/${source}/sites.`,
      }),
    ];
  });
}

/** Problems of flows. */
export function checkFlows(estate: PlannableSegmentation, allocation: AddressAllocation, parse: PartialParse): Problem[] {
  const flows = declaredFlows(estate);
  const crossed = flows.flatMap((flow) => crossings(estate, flow));
  return [
    ...flows.flatMap((flow) => [...withoutEffect(estate, flow, parse), ...externalAtCloud(estate, flow)]),
    ...unlinked(estate, crossed),
    ...crossed.flatMap((crossing) => crossingProblems(estate, allocation, crossing)),
  ];
}
