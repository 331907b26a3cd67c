import { sortedEntries } from '../core/order';
import type { Problem } from '../core/problem';
import { planManagedListeners } from '../tls/managed-listeners';
import { planTier, strictProfile, type TierSite } from '../tls/plan';
import type { ManagedListenerPlan, ProfilePlan, TierPlan } from '../tls/plan-schema';
import { endpointSubnets } from '../zones/addresses';
import { planExternals, planLinks, planZones } from '../zones/plan';
import type { CloudZonePlan, OnPremZonePlan, ZonePlan } from '../zones/plan-schema';
import type { ParsedEstate } from './parsed';
import { type CloudSitePlan, type EstatePlan, type OnPremSitePlan, planVersion, type SitePlan } from './plan-schema';
import type { CloudSiteSpec, EstateSpec, OnPremSiteSpec, SiteSpec } from './spec';

function tierSite(id: string, site: SiteSpec): TierSite {
  return site.kind === 'cloud'
    ? { id, kind: 'cloud', failureDomains: site.availabilityZones.length, instanceTypes: site.instanceTypes }
    : { id, kind: 'on-prem', failureDomains: site.failureDomains.names.length, hardware: site.hardware };
}

function planTiers(spec: EstateSpec, siteId: string, site: SiteSpec, zones: readonly ZonePlan[], profileOf: (zone: string) => ProfilePlan) {
  const outcomes = zones.map((zone) =>
    planTier({
      zone,
      acceleration: spec.zones[zone.id]?.acceleration ?? 'auto',
      pinnedCpus: spec.zones[zone.id]?.pinnedCpus ?? false,
      profile: profileOf(zone.id),
      site: tierSite(siteId, site),
      haproxy: spec.haproxy,
    }),
  );
  return { tiers: outcomes.flatMap(({ tier }) => tier ?? []), problems: outcomes.flatMap(({ problems }) => problems) };
}

function withIds<T>(flows: Readonly<Record<string, T>>): (T & { id: string })[] {
  return sortedEntries(flows).map(([id, flow]) => ({ id, ...flow }));
}

function planOnPremSite(id: string, spec: OnPremSiteSpec, zones: OnPremZonePlan[], tiers: TierPlan[]): OnPremSitePlan {
  return { ...spec, id, platformFlows: withIds(spec.platformFlows), zones, tiers, quotas: [] };
}

function planCloudSite(
  id: string,
  spec: CloudSiteSpec,
  zones: CloudZonePlan[],
  tiers: TierPlan[],
  managedListeners: ManagedListenerPlan[],
): CloudSitePlan {
  const { quotas: _raised, platformFlows, ...rest } = spec;
  const subnets = endpointSubnets(spec);
  return { ...rest, id, platformFlows: withIds(platformFlows), endpointSubnets: subnets, zones, tiers, managedListeners, quotas: [] };
}

function planSite(id: string, spec: SiteSpec, zones: ZonePlan[], tiers: TierPlan[], listeners: ManagedListenerPlan[]): SitePlan {
  return spec.kind === 'cloud'
    ? planCloudSite(id, spec, zones as CloudZonePlan[], tiers, listeners)
    : planOnPremSite(id, spec, zones as OnPremZonePlan[], tiers);
}

/** The plan of a parsed estate; present only where nothing is wrong with it. */
export function planEstate({ spec }: ParsedEstate): { plan?: EstatePlan; problems: Problem[] } {
  const profileOf = (_zone: string): ProfilePlan => strictProfile;
  const zones = planZones(spec, (zone) => profileOf(zone).clientAuthentication);
  const sites = sortedEntries(spec.sites).map(([id, site]) => {
    const here = zones.get(id) ?? [];
    const { tiers, problems } = planTiers(spec, id, site, here, profileOf);
    const managed = site.kind === 'cloud' ? here.map((zone) => planManagedListeners(zone, profileOf(zone.id))) : [];
    const listeners = managed.flatMap((outcome) => outcome.listeners);
    return { site: planSite(id, site, here, tiers, listeners), problems: [...problems, ...managed.flatMap((outcome) => outcome.problems)] };
  });
  const problems = sites.flatMap((outcome) => outcome.problems);
  if (problems.length > 0) return { problems };
  const plan: EstatePlan = {
    version: planVersion,
    estate: spec.estate,
    haproxy: spec.haproxy,
    externals: planExternals(spec),
    links: planLinks(spec),
    sites: sites.map(({ site }) => site),
  };
  return { plan, problems: [] };
}
