import { sortedEntries, sortedMap } from '../../core/order';
import type { Problem } from '../../core/problem';
import { planManagedListeners } from '../../tls/plan/managed-listeners';
import { planTier, type TierSite } from '../../tls/plan/plan';
import type { HaproxyPlan, ManagedListenerPlan, ProfilePlan, TierPlan } from '../../tls/plan-schema';
import { endpointSubnets } from '../../zones/addresses/subnetting';
import type { CloudZonePlan, ExternalPlan, LinkPlan, OnPremZonePlan, ZonePlan } from '../../zones/plan-schema';
import type { PartialEstateSpec } from '../parse/parsed';
import type { SitePlan } from '../plan-schema';
import { quotaUses } from '../quotas/quotas';
import type { CloudPlatformFlowSpec, SiteSpec } from '../spec';

/** What the plan of every site is made from, beyond the site itself. */
export interface SiteContext {
  readonly zones: PartialEstateSpec['zones'];
  /** Nothing for a zone whose profile is not known: it gets no tier, and what is wrong with it is said elsewhere. */
  readonly profileOf: (zone: string) => ProfilePlan | undefined;
  /** Absent where it did not parse: no tier can be planned then. */
  readonly haproxy?: HaproxyPlan;
  readonly links: LinkPlan[];
  readonly externals: ExternalPlan[];
}

/** One stage's outcome: what could be planned, and what is wrong. */
interface Outcome<T> {
  readonly plans: T[];
  readonly problems: Problem[];
}

/** A site as its tiers see it. */
export function tierSite(id: string, site: SiteSpec): TierSite {
  const { calibration } = site;
  return site.kind === 'cloud'
    ? { id, kind: 'cloud', failureDomains: site.availabilityZones.length, instanceTypes: site.instanceTypes, calibration }
    : { id, kind: 'on-prem', failureDomains: site.failureDomains.names.length, hardware: site.hardware, calibration };
}

function tiersOf({ zones, profileOf, haproxy }: SiteContext, site: TierSite, here: readonly ZonePlan[]): Outcome<TierPlan> {
  if (!haproxy) return { plans: [], problems: [] };
  const outcomes = here.flatMap((zone) => {
    const { acceleration = 'auto', pinnedCpus = false } = zones[zone.id] ?? {};
    const profile = profileOf(zone.id);
    return profile ? planTier({ zone, acceleration, pinnedCpus, profile, site, haproxy }) : [];
  });
  return { plans: outcomes.flatMap(({ tier }) => tier ?? []), problems: outcomes.flatMap(({ problems }) => problems) };
}

function listenersOf({ profileOf }: SiteContext, here: readonly ZonePlan[]): Outcome<ManagedListenerPlan> {
  const outcomes = here.flatMap((zone) => {
    const profile = profileOf(zone.id);
    return profile ? planManagedListeners(zone, profile) : [];
  });
  return { plans: outcomes.flatMap(({ listeners }) => listeners), problems: outcomes.flatMap(({ problems }) => problems) };
}

function withIds<T extends { readonly podLabels?: Readonly<Record<string, string>> }>(
  flows: Readonly<Record<string, T>>,
): (T & { id: string })[] {
  return sortedEntries(flows).map(([id, flow]) => ({ id, ...flow, ...(flow.podLabels && { podLabels: sortedMap(flow.podLabels) }) }));
}

/** The plan of one site from the zones that stand there. */
export function planSite(
  context: SiteContext,
  id: string,
  site: SiteSpec,
  here: readonly ZonePlan[],
): { plan: SitePlan; problems: Problem[] } {
  const { plans: tiers, problems } = tiersOf(context, tierSite(id, site), here);
  if (site.kind === 'on-prem') {
    const platformFlows = withIds(site.platformFlows);
    return { plan: { ...site, id, platformFlows, zones: here as OnPremZonePlan[], tiers, quotas: [] }, problems };
  }
  const { quotas: raised, ...rest } = site;
  const managed = listenersOf(context, here);
  const plan = {
    ...rest,
    id,
    tags: sortedMap(site.tags),
    platformFlows: withIds<CloudPlatformFlowSpec & { podLabels?: undefined }>(site.platformFlows),
    endpointSubnets: endpointSubnets(site),
    zones: here as CloudZonePlan[],
    tiers,
    managedListeners: managed.plans,
    quotas: [],
  };
  const quotas = quotaUses(plan, raised, context.links, context.externals);
  return { plan: { ...plan, quotas }, problems: [...problems, ...managed.problems] };
}
