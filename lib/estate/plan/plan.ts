import { type PartialParse, type SiteProblem, worstPerPath } from '../../core/domain';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { findProfile } from '../../tls/checks/derive';
import type { ProfilePlan } from '../../tls/plan-schema';
import { presets } from '../../tls/profiles';
import { domains } from '../domains';
import { isBroken, type ParsedEstate, type PartialEstateSpec } from '../parse/partial-estate';
import { type EstatePlan, planVersion, type SitePlan } from '../plan-schema';
import { checkQuotas, quotaUses } from '../quotas/quotas';
import { checkPlatformNeeds } from './platform-needs';
import { checkEstateReferences } from './reference-checks';
import { siteFrame } from './site';
import { checkSites } from './site-checks';

/** Options of planning. */
export interface PlanOptions {
  /**
   * Skips the checks of AWS quotas, for benchmarks with estates that exceed them.
   *
   * @default false
   */
  readonly waiveQuotas?: boolean;
}

function profilesOf({ zones, profiles }: PartialEstateSpec): (zone: string) => ProfilePlan | undefined {
  const named = new Map(Object.values(zones).map(({ profile }) => [profile, findProfile(profile, profiles)]));
  return (zone) => named.get(zones[zone]?.profile ?? '');
}

function partialParse(parsed: ParsedEstate): PartialParse {
  return {
    isBroken: (path) => isBroken(parsed, path),
    holdsBroken: (path) => isBroken(parsed, path) || [...parsed.broken].some((other) => other.startsWith(`${path}/`)),
  };
}

/** Input of every domain: the description, and lookups across domains that must not import each other. */
function domainInput(parsed: ParsedEstate) {
  const { spec } = parsed;
  const profileOf = profilesOf(spec);
  const minimumClientAuthentication = (zone: string) => (profileOf(zone) ?? presets.strict).clientAuthentication;
  return { spec, parse: partialParse(parsed), profileOf, minimumClientAuthentication };
}

/** Returns problems that depend on the date, such as expired permissions. */
export function checkDate(parsed: ParsedEstate, date: Date): Problem[] {
  const input = domainInput(parsed);
  return domains.flatMap((domain) => domain.checkDate(input, date));
}

/** Plans a parsed estate. The plan is undefined if there are problems. */
export function planEstate(parsed: ParsedEstate, { waiveQuotas = false }: PlanOptions = {}): { plan?: EstatePlan; problems: Problem[] } {
  const { spec, broken } = parsed;
  const input = domainInput(parsed);
  const planned = domains.map((domain) => domain.plan(input));
  const frame = { version: planVersion, estate: spec.estate, haproxy: spec.haproxy };
  const plan = Object.assign(frame, ...planned.map(({ part }) => part)) as EstatePlan;
  const outcomes = sortedEntries(spec.sites).map(([id, site]) => {
    // Each domain may read the plans of the domains before it.
    let soFar = siteFrame(id, site) as SitePlan;
    const problems: SiteProblem[] = [];
    for (const domain of planned) {
      const outcome = domain.planSite(soFar);
      soFar = { ...soFar, ...outcome.part } as SitePlan;
      problems.push(...outcome.problems);
    }
    const quotas = site.kind === 'cloud' ? quotaUses(plan, soFar, site.quotas) : [];
    const exceeded = site.kind === 'cloud' && !waiveQuotas ? checkQuotas(id, site, quotas) : [];
    return { site: { ...soFar, quotas }, problems: [...problems, ...checkPlatformNeeds(soFar), ...exceeded] };
  });
  const problems = [
    ...checkEstateReferences(parsed),
    ...checkSites(spec),
    ...planned.flatMap((domain) => domain.problems),
    ...worstPerPath(outcomes.flatMap((outcome) => outcome.problems)),
  ];
  if (problems.length > 0 || broken.size > 0 || !spec.haproxy) return { problems };
  return { plan: { ...plan, sites: outcomes.map(({ site }) => site) }, problems };
}
