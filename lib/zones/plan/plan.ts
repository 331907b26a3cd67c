import { groupBy } from '../../core/group';
import { byCodeUnit, sortedEntries, sortedMap } from '../../core/order';
import { type AddressAllocation, sourceCidrs, targetCidrs, type ZoneAddresses } from '../addresses/allocation';
import { defaultTrustLevel } from '../classification';
import type { ExternalPlan, InboundFlowPlan, LinkPlan, OutboundFlowPlan, ZonePlan } from '../plan-schema';
import type { Segmentation } from '../segmentation';
import { type ClientAuthentication, planEndpoints } from './endpoints';
import { type ResolvedFlow, resolveFlows } from './flows';

function cidrsAt(
  allocation: AddressAllocation,
  site: string | undefined,
  zone: string,
  select: (addresses: ZoneAddresses) => string[],
): string[] {
  const addresses = site === undefined ? undefined : allocation.get(site)?.get(zone);
  return addresses ? select(addresses) : [];
}

function inbound(estate: Segmentation, allocation: AddressAllocation, flow: ResolvedFlow): InboundFlowPlan {
  const { source, location, sourceSite, link, endpoint, port } = flow;
  const cidrs = {
    'same-site': () => [],
    'linked-site': () => cidrsAt(allocation, sourceSite, source, sourceCidrs),
    external: () => estate.externals[source]?.cidrs ?? [],
  }[location]();
  return { source, location, ...(sourceSite && { sourceSite }), ...(link && { link }), endpoint, port, cidrs };
}

function outbound(allocation: AddressAllocation, flow: ResolvedFlow): OutboundFlowPlan {
  const { target, targetSite, link, endpoint, port } = flow;
  const location = flow.location === 'same-site' ? 'same-site' : 'linked-site';
  const cidrs = location === 'same-site' ? [] : cidrsAt(allocation, targetSite, target, targetCidrs);
  return { target, location, targetSite, ...(link && { link }), endpoint, port, cidrs };
}

/**
 * Plans of all zones, keyed by site and sorted by zone id.
 *
 * @param minimumClientAuthentication client authentication that the TLS profile of a zone requires for all its endpoints
 */
export function planZones(
  estate: Segmentation,
  allocation: AddressAllocation,
  minimumClientAuthentication: (zone: string) => ClientAuthentication,
): ReadonlyMap<string, ZonePlan[]> {
  const flows = resolveFlows(estate);
  const arriving = groupBy(flows, ({ target, targetSite }) => `${targetSite}/${target}`);
  const leaving = groupBy(flows, ({ source, sourceSite }) => `${sourceSite ?? ''}/${source}`);
  const zonesAt = (siteId: string): ZonePlan[] =>
    sortedEntries(estate.zones).flatMap(([id, zone]) => {
      const addresses = allocation.get(siteId)?.get(id);
      if (!addresses) return [];
      const { purpose, criticality, trustLevel = defaultTrustLevel[purpose], slot } = zone;
      const plan = {
        id,
        purpose,
        criticality,
        trustLevel,
        slot,
        endpoints: planEndpoints(zone, siteId, minimumClientAuthentication(id), estate),
        inbound: (arriving.get(`${siteId}/${id}`) ?? []).map((flow) => inbound(estate, allocation, flow)),
        outbound: (leaving.get(`${siteId}/${id}`) ?? []).map((flow) => outbound(allocation, flow)),
        addresses,
      };
      return [plan as ZonePlan];
    });
  return new Map(Object.keys(estate.sites).map((siteId) => [siteId, zonesAt(siteId)]));
}

/** Plans of all externals, sorted by id. An external without sites arrives at every site. */
export function planExternals(estate: Segmentation): ExternalPlan[] {
  const everywhere = Object.keys(estate.sites);
  return sortedEntries(estate.externals).map(([id, { cidrs, sites }]) => ({
    id,
    cidrs,
    sites: [...(sites ?? everywhere)].sort(byCodeUnit),
  }));
}

/** Plans of all links, sorted by id. */
export function planLinks(estate: Segmentation): LinkPlan[] {
  return sortedEntries(estate.links).map(([id, link]) => ({
    id,
    sites: link.between,
    kind: link.kind,
    transitGateway: sortedMap(link.transitGateway ?? {}),
    virtualPrivateGateway: sortedMap(link.virtualPrivateGateway ?? {}),
    ...(link.directConnectGateway && { directConnectGateway: link.directConnectGateway }),
    prefixes: sortedMap(link.prefixes),
    mtu: link.mtu,
    roundTripMilliseconds: link.roundTripMilliseconds,
  }));
}
