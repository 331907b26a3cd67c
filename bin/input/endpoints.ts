import type { EstatePlan } from '../../lib/estate/plan-schema';
import type { LiveEndpoint } from '../../lib/handshake/endpoint';

type SitePlan = EstatePlan['sites'][number];

/** Returns the endpoints of the given sites, with the TLS parameters that each must accept. */
export function plannedEndpoints({ sites }: EstatePlan, chosen: readonly string[]): LiveEndpoint[] {
  return sites.filter(({ id }) => chosen.includes(id)).flatMap(endpointsOf);
}

function endpointsOf(site: SitePlan): LiveEndpoint[] {
  return site.zones.flatMap((zone) => {
    const profile = site.tiers.find((tier) => tier.zone === zone.id)?.profile;
    if (!profile) return [];
    const address = zone.addresses.kind === 'on-prem' ? zone.addresses.loadBalancerAddress : undefined;
    return zone.endpoints.map(({ id, port, serverNames: [serverName = ''], clientAuthentication }): LiveEndpoint => {
      const { versions, cipherSuites, legacyCipherSuites, groups } = profile;
      const expected = { versions, cipherSuites, legacyCipherSuites, groups, clientAuthentication };
      return { site: site.id, zone: zone.id, endpoint: id, port, serverName, ...(address !== undefined && { address }), expected };
    });
  });
}
