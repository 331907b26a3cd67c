import { sortedEntries } from '../core/order';
import type { Problem } from '../core/problem';
import type { ProfilePlan } from '../tls/plan-schema';
import { presets } from '../tls/profiles';
import { checkSegmentation } from '../zones/check';
import type { Doubt } from '../zones/doubt';
import { planExternals, planLinks, planZones } from '../zones/plan';
import { isBroken, type ParsedEstate, type PartialEstateSpec } from './parsed';
import { type EstatePlan, planVersion } from './plan-schema';
import { checkQuotas } from './quotas';
import { checkEstateReferences } from './reference-checks';
import { checkSites } from './site-checks';
import { planSite } from './site-plan';

/** How an estate is planned. */
export interface PlanOptions {
  /**
   * Whether quotas of the cloud are left unchecked, as a benchmark beyond them needs.
   *
   * @default false
   */
  readonly waiveQuotas?: boolean;
}

/** The profile that a zone names; the strict one in place of one that does not exist, which is an error of its own. */
function profilesOf({ zones, profiles }: PartialEstateSpec): (zone: string) => ProfilePlan {
  return (zone) => {
    const name = zones[zone]?.profile ?? 'strict';
    const own = profiles[name];
    if (!own) return Object.hasOwn(presets, name) ? presets[name as keyof typeof presets] : presets.strict;
    const { base, weaker: _weaker, ...changed } = own;
    return { ...presets[base], ...changed, name };
  };
}

function doubtOf(parsed: ParsedEstate): Doubt {
  return {
    isBroken: (path) => isBroken(parsed, path),
    holdsBroken: (path) => isBroken(parsed, path) || [...parsed.broken].some((other) => other.startsWith(`${path}/`)),
  };
}

/** The plan of a parsed estate; present only where nothing is wrong with it. */
export function planEstate(parsed: ParsedEstate, { waiveQuotas = false }: PlanOptions = {}): { plan?: EstatePlan; problems: Problem[] } {
  const { spec, broken } = parsed;
  const profileOf = profilesOf(spec);
  const least = (zone: string) => profileOf(zone).clientAuthentication;
  const { sound, problems: segmentation } = checkSegmentation(spec, doubtOf(parsed), least);
  const links = planLinks(sound);
  const externals = planExternals(sound);
  const zones = planZones(sound, least);
  const context = { zones: spec.zones, profileOf, haproxy: spec.haproxy, links, externals };
  const outcomes = sortedEntries(spec.sites).map(([id, site]) => {
    const { plan, problems } = planSite(context, id, site, zones.get(id) ?? []);
    const quotas = site.kind === 'cloud' && !waiveQuotas ? checkQuotas(id, site, plan.quotas) : [];
    return { plan, problems: [...problems, ...quotas] };
  });
  const problems = [
    ...checkEstateReferences(parsed),
    ...checkSites(spec),
    ...segmentation,
    ...outcomes.flatMap((outcome) => outcome.problems),
  ];
  if (problems.length > 0 || broken.size > 0 || !spec.haproxy) return { problems };
  const sites = outcomes.map(({ plan }) => plan);
  return { plan: { version: planVersion, estate: spec.estate, haproxy: spec.haproxy, externals, links, sites }, problems };
}
