import { z } from 'zod';
import { defineDomain, type SiteProblem } from '../core/domain';
import { sortedEntries } from '../core/order';
import { id } from '../core/schema';
import type { CloudZonePlan, OnPremZonePlan, ZonePlan } from '../zones/plan-schema';
import type { ZoneSpec } from '../zones/spec';
import { type BootSite, checkBootScriptSize } from './boot/script-size';
import { checkTls } from './checks/check';
import { checkExpiries } from './checks/derive';
import { cutDrains, slowLibrary } from './checks/warnings';
import { tlsCodes } from './codes';
import { planManagedListeners } from './plan/managed-listeners';
import { planTier } from './plan/plan';
import { type HaproxyPlan, type ManagedListenerPlan, managedListenerPlan, type ProfilePlan, type TierPlan, tierPlan } from './plan-schema';
import type { PlannedSite } from './planned-site';
import { tierQuotas, tierUsages } from './quotas/quotas';
import { tierResources } from './quotas/stack-resources';
import { type ProfileSpec, profileSpec } from './spec';
import { siteTierPreconditions } from './summary/preconditions';
import { profilesSection } from './summary/profiles';
import { tierSections } from './summary/tiers';
import { type SiteOfTiers, type TierSite, tierSite } from './tier-site';

/** What tiers are planned from. */
export interface TierInput {
  readonly spec: {
    readonly zones: Readonly<Record<string, ZoneSpec>>;
    readonly profiles: Readonly<Record<string, ProfileSpec>>;
    readonly sites: Readonly<Record<string, SiteOfTiers>>;
    /** Absent where it did not parse: no tier can be planned then. */
    readonly haproxy?: HaproxyPlan;
  };
  /** The profile that a zone names; undefined where there is none, which is reported elsewhere. */
  readonly profileOf: (zone: string) => ProfilePlan | undefined;
}

/** A site whose zones are planned. */
export type SiteBeforeTiers =
  | (Extract<SiteOfTiers, { kind: 'on-prem' }> & { readonly id: string; readonly zones: readonly OnPremZonePlan[] })
  | (Extract<SiteOfTiers, { kind: 'cloud' }> & BootSite & { readonly zones: readonly CloudZonePlan[] });

function planTiers(
  { spec, profileOf }: TierInput,
  site: TierSite,
  here: readonly ZonePlan[],
): { tiers: TierPlan[]; problems: SiteProblem[] } {
  const { haproxy, zones } = spec;
  if (!haproxy) return { tiers: [], problems: [] };
  const outcomes = here.flatMap((zone) => {
    const { acceleration = 'auto', pinnedCpus = false } = zones[zone.id] ?? {};
    const profile = profileOf(zone.id);
    return profile ? planTier({ zone, acceleration, pinnedCpus, profile, site, haproxy }) : [];
  });
  return { tiers: outcomes.flatMap(({ tier }) => tier ?? []), problems: outcomes.flatMap(({ problems }) => problems) };
}

function planListeners({ profileOf }: TierInput, here: readonly ZonePlan[]): { listeners: ManagedListenerPlan[]; problems: SiteProblem[] } {
  const outcomes = here.flatMap((zone) => {
    const profile = profileOf(zone.id);
    return profile ? planManagedListeners(zone, profile) : [];
  });
  return { listeners: outcomes.flatMap(({ listeners }) => listeners), problems: outcomes.flatMap(({ problems }) => problems) };
}

function bootScriptProblems(
  site: Extract<SiteBeforeTiers, { kind: 'cloud' }>,
  tiers: readonly TierPlan[],
  haproxy?: HaproxyPlan,
): SiteProblem[] {
  if (!haproxy) return [];
  const zones = new Map(site.zones.map((zone) => [zone.id, zone]));
  return tiers.flatMap((tier) => {
    const zone = zones.get(tier.zone);
    return zone ? checkBootScriptSize(site, zone, tier, haproxy.imageDigest) : [];
  });
}

function instanceTypesOf({ spec }: TierInput) {
  return Object.fromEntries(
    sortedEntries(spec.sites).flatMap(([siteId, site]) => (site.kind === 'cloud' ? [[siteId, site.instanceTypes]] : [])),
  );
}

/** The part of a finished plan that this domain reads. */
export interface PlannedTiers {
  readonly haproxy: HaproxyPlan;
  readonly sites: readonly PlannedSite[];
}

/** Termination of TLS: profiles, tiers and the listeners of load balancers that end TLS themselves. */
export const tlsDomain = defineDomain({
  id: 'tls',
  codes: tlsCodes,
  maps: {
    profiles: {
      schema: z.record(id, profileSpec).default({}).describe("The firm's own TLS profiles, keyed by name."),
      thing: profileSpec,
      constructs: [],
    },
  },
  planned: {
    estate: {},
    onPrem: {
      /** One a zone that has endpoints, sorted by zone. */
      tiers: z.array(tierPlan),
    },
    cloud: {
      tiers: z.array(tierPlan),
      /** Sorted by zone, then by endpoint. */
      managedListeners: z.array(managedListenerPlan),
    },
  },
  quotas: tierQuotas,
  plan(input: TierInput) {
    const { spec, profileOf } = input;
    return {
      part: {},
      problems: checkTls({ ...spec, instanceTypes: instanceTypesOf(input) }, profileOf),
      planSite(site: SiteBeforeTiers) {
        const { tiers, problems } = planTiers(input, tierSite(site.id, site), site.zones);
        if (site.kind === 'on-prem') return { part: { tiers }, problems };
        const managed = planListeners(input, site.zones);
        const boot = bootScriptProblems(site, tiers, spec.haproxy);
        return { part: { tiers, managedListeners: managed.listeners }, problems: [...problems, ...managed.problems, ...boot] };
      },
    };
  },
  checkDate: ({ spec }: TierInput, date) => checkExpiries(spec.profiles, date),
  quotaUsages: (_plan: PlannedTiers, site: PlannedSite) => (site.kind === 'cloud' ? tierUsages(site) : []),
  stackResources: (_plan, site) => (site.kind === 'cloud' ? tierResources(site) : []),
  warnings: ({ haproxy }: PlannedTiers, sites) => [
    ...slowLibrary(
      haproxy,
      sites.flatMap(({ tiers }) => tiers),
    ),
    ...cutDrains(sites),
  ],
  preconditions: (_plan, site) => siteTierPreconditions(site),
  sections: ({ sites }) => [profilesSection(sites)],
  siteSections: ({ sites }, site) => tierSections(sites, site),
});
