import { byCodeUnit, sortedEntries } from '../../core/order';
import type { InboundFlowPlan } from '../plan-schema';
import type { Segmentation } from '../segmentation';
import { linkBetween } from '../segmentation';
import type { FlowSpec, ZoneSpec } from '../spec';

/** A flow from one source at one site to one endpoint at one site, with all defaults applied. */
export interface ResolvedFlow {
  readonly source: string;
  readonly location: InboundFlowPlan['location'];
  /** Absent if the source is an external. */
  readonly sourceSite?: string;
  readonly link?: string;
  readonly target: string;
  readonly targetSite: string;
  readonly endpoint: string;
  readonly port: number;
}

/** Origin of connections to one site of a zone. */
export type Origin = Pick<ResolvedFlow, 'location' | 'sourceSite' | 'link'>;

/** Whether a flow may have an end at a site. */
export function isBetween({ sites }: Pick<FlowSpec, 'sites'>, siteId: string): boolean {
  return sites === undefined || sites.includes(siteId);
}

/** Origins from which a declared flow allows connections to one site of its zone. Sites without a link are left out. */
export function originsOf(estate: Segmentation, source: string, flow: Pick<FlowSpec, 'scope' | 'sites'>, targetSite: string): Origin[] {
  if (!isBetween(flow, targetSite)) return [];
  const external = estate.externals[source];
  if (external) return external.sites && !external.sites.includes(targetSite) ? [] : [{ location: 'external' }];
  const sites = estate.zones[source]?.sites ?? [];
  return sites
    .filter((siteId) => isBetween(flow, siteId))
    .flatMap((sourceSite): Origin[] => {
      if (sourceSite === targetSite) return [{ location: 'same-site', sourceSite }];
      const link = flow.scope === 'estate' ? linkBetween(estate.links, sourceSite, targetSite) : undefined;
      return link ? [{ location: 'linked-site', sourceSite, link }] : [];
    });
}

function flowsInto(estate: Segmentation, target: string, zone: ZoneSpec): ResolvedFlow[] {
  return sortedEntries(zone.allowFrom).flatMap(([source, flow]) =>
    zone.sites.flatMap((targetSite) =>
      originsOf(estate, source, flow, targetSite).flatMap((origin) =>
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

/** All flows of an estate, sorted by target, target site, source, source site and endpoint. */
export function resolveFlows(estate: Segmentation): ResolvedFlow[] {
  return sortedEntries(estate.zones)
    .flatMap(([target, zone]) => flowsInto(estate, target, zone))
    .sort(order);
}
