import { findProfile } from '../../tls/checks/derive';
import type { TierInput } from '../../tls/plan/plan';
import { tierSite } from '../../tls/tier-site';
import { planEndpoints } from '../../zones/plan/endpoints';
import type { PartialEstateSpec } from '../parse/partial-estate';

/** Returns the input for planning the tier of a zone at a site; undefined if the zone, site, profile or HAProxy is unknown. */
export function tierRequest(
  { zones, sites, profiles, haproxy, externals }: PartialEstateSpec,
  zoneId: string,
  siteId: string,
): TierInput | undefined {
  const [zone, site] = [zones[zoneId], sites[siteId]];
  const profile = zone && findProfile(zone.profile, profiles);
  if (!zone || !site || !profile || !haproxy || !zone.sites.includes(siteId)) return undefined;
  return {
    zone: { id: zoneId, endpoints: planEndpoints(zone, siteId, profile.clientAuthentication, { sites, externals }) },
    acceleration: zone.acceleration,
    pinnedCpus: zone.pinnedCpus,
    profile,
    site: tierSite(siteId, site),
    haproxy,
  };
}
