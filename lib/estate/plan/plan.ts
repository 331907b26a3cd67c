import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { checkBootScriptSize } from '../../tls/boot/script-size';
import { checkTls } from '../../tls/checks/check';
import { findProfile } from '../../tls/checks/derive';
import { worstPerPath } from '../../tls/plan/tier-problems';
import type { HaproxyPlan, ProfilePlan } from '../../tls/plan-schema';
import { presets } from '../../tls/profiles';
import { checkSegmentation } from '../../zones/checks/check-segmentation';
import type { Doubt } from '../../zones/checks/partial-parse';
import { planExternals, planLinks, planZones } from '../../zones/plan/plan';
import { isBroken, type ParsedEstate, type PartialEstateSpec } from '../parse/parsed';
import { type EstatePlan, planVersion, type SitePlan } from '../plan-schema';
import { checkQuotas } from '../quotas/quotas';
import { checkEstateReferences } from './reference-checks';
import { planSite } from './site';
import { checkSites } from './site-checks';

/** How an estate is planned. */
export interface PlanOptions {
  /**
   * Whether quotas of the cloud are left unchecked, as a benchmark beyond them needs.
   *
   * @default false
   */
  readonly waiveQuotas?: boolean;
}

/** The profile that a zone names; nothing where there is none, or one that did not parse. */
function profilesOf({ zones, profiles }: PartialEstateSpec): (zone: string) => ProfilePlan | undefined {
  const named = new Map(Object.values(zones).map(({ profile }) => [profile, findProfile(profile, profiles)]));
  return (zone) => named.get(zones[zone]?.profile ?? '');
}

function instanceTypesOf({ sites }: PartialEstateSpec) {
  return Object.fromEntries(Object.entries(sites).flatMap(([id, site]) => (site.kind === 'cloud' ? [[id, site.instanceTypes]] : [])));
}

function doubtOf(parsed: ParsedEstate): Doubt {
  return {
    isBroken: (path) => isBroken(parsed, path),
    holdsBroken: (path) => isBroken(parsed, path) || [...parsed.broken].some((other) => other.startsWith(`${path}/`)),
  };
}

function bootScriptProblems(site: SitePlan, haproxy: HaproxyPlan | undefined): Problem[] {
  if (site.kind !== 'cloud' || !haproxy) return [];
  const zones = new Map(site.zones.map((zone) => [zone.id, zone]));
  return site.tiers.flatMap((tier) => {
    const zone = zones.get(tier.zone);
    return zone ? checkBootScriptSize(site, zone, tier, haproxy.imageDigest) : [];
  });
}

/** The plan of a parsed estate; present only where nothing is wrong with it. */
export function planEstate(parsed: ParsedEstate, { waiveQuotas = false }: PlanOptions = {}): { plan?: EstatePlan; problems: Problem[] } {
  const { spec, broken } = parsed;
  const profileOf = profilesOf(spec);
  const least = (zone: string) => (profileOf(zone) ?? presets.strict).clientAuthentication;
  const { plannable, allocation, problems: segmentation } = checkSegmentation(spec, doubtOf(parsed), least);
  const links = planLinks(plannable);
  const externals = planExternals(plannable);
  const zones = planZones(plannable, allocation, least);
  const context = { zones: spec.zones, profileOf, haproxy: spec.haproxy, links, externals };
  const outcomes = sortedEntries(spec.sites).map(([id, site]) => {
    const { plan, problems } = planSite(context, id, site, zones.get(id) ?? []);
    const quotas = site.kind === 'cloud' && !waiveQuotas ? checkQuotas(id, site, plan.quotas) : [];
    return { plan, problems: [...problems, ...quotas, ...bootScriptProblems(plan, spec.haproxy)] };
  });
  const problems = [
    ...checkEstateReferences(parsed),
    ...checkSites(spec),
    ...segmentation,
    ...checkTls({ ...spec, instanceTypes: instanceTypesOf(spec) }, profileOf),
    ...worstPerPath(outcomes.flatMap((outcome) => outcome.problems)),
  ];
  if (problems.length > 0 || broken.size > 0 || !spec.haproxy) return { problems };
  const sites = outcomes.map(({ plan }) => plan);
  return { plan: { version: planVersion, estate: spec.estate, haproxy: spec.haproxy, externals, links, sites }, problems };
}
