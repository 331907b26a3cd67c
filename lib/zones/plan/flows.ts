import { byCodeUnit, sortedEntries } from '../../core/order';
import type { InboundFlowPlan } from '../plan-schema';
import type { Segmentation } from '../segmentation';
import { linkBetween } from '../segmentation';
import type { ZoneSpec } from '../spec';

/** One permission, with every default resolved: who connects from where to which endpoint at which site. */
export interface ResolvedFlow {
  readonly source: string;
  readonly location: InboundFlowPlan['location'];
  /** Absent for an external. */
  readonly sourceSite?: string;
  readonly link?: string;
  readonly target: string;
  readonly targetSite: string;
  readonly endpoint: string;
  readonly port: number;
}

/** From where a source reaches one site of a zone. */
export type Origin = Pick<ResolvedFlow, 'location' | 'sourceSite' | 'link'>;

/** The sites from which a declared flow comes to one site of its zone; a pair of sites without a link is left out. */
export function originsOf(estate: Segmentation, source: string, scope: 'site' | 'estate', targetSite: string): Origin[] {
  const external = estate.externals[source];
  if (external) return external.sites && !external.sites.includes(targetSite) ? [] : [{ location: 'external' }];
  const sites = estate.zones[source]?.sites ?? [];
  return sites.flatMap((sourceSite): Origin[] => {
    if (sourceSite === targetSite) return [{ location: 'same-site', sourceSite }];
    const link = scope === 'estate' ? linkBetween(estate.links, sourceSite, targetSite) : undefined;
    return link ? [{ location: 'linked-site', sourceSite, link }] : [];
  });
}

function flowsInto(estate: Segmentation, target: string, zone: ZoneSpec): ResolvedFlow[] {
  return sortedEntries(zone.allowFrom).flatMap(([source, flow]) =>
    zone.sites.flatMap((targetSite) =>
      originsOf(estate, source, flow.scope, targetSite).flatMap((origin) =>
        (flow.endpoints ?? Object.keys(zone.endpoints)).flatMap((endpoint) => {
          const port = zone.endpoints[endpoint]?.port;
          return port === undefined ? [] : [{ source, ...origin, target, targetSite, endpoint, port }];
        }),
      ),
    ),
  );
}

const order = (one: ResolvedFlow, other: ResolvedFlow): number =>
  byCodeUnit(one.target, other.target) ||
  byCodeUnit(one.targetSite, other.targetSite) ||
  byCodeUnit(one.source, other.source) ||
  byCodeUnit(one.sourceSite ?? '', other.sourceSite ?? '') ||
  byCodeUnit(one.endpoint, other.endpoint);

/** Every flow of an estate, at every site, sorted by target, its site, source, its site, endpoint. */
export function resolveFlows(estate: Segmentation): ResolvedFlow[] {
  return sortedEntries(estate.zones)
    .flatMap(([target, zone]) => flowsInto(estate, target, zone))
    .sort(order);
}
