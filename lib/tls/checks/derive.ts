import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { tlsProblem } from '../codes';
import type { ProfilePlan } from '../plan-schema';
import { presets } from '../profiles';
import type { ProfileSpec } from '../spec';
import { compareAttribute, weakerAttributes } from '../strength';
import { contradictionsOf } from './contradictions';

/**
 * Resolves a profile of the firm: the preset it is derived from, with the attributes that it changes.
 *
 * @example
 * const profile = deriveProfile('desk', { base: 'strict', groups: ['P-384'] });
 * profile.groups; // ['P-384']
 * profile.versions; // ['TLSv1.3'], as in the preset
 */
export function deriveProfile(name: string, { base, weaker, ...changed }: ProfileSpec): ProfilePlan {
  const preset = presets[base];
  return { ...preset, ...changed, name, base, source: `derived from ${base}: ${preset.source}`, ...(weaker && { weaker }) };
}

/** Finds a profile by name among the presets and the firm's own; undefined if there is none. */
export function findProfile(name: string, own: Readonly<Record<string, ProfileSpec>>): ProfilePlan | undefined {
  if (Object.hasOwn(presets, name)) return presets[name as keyof typeof presets];
  const spec = Object.hasOwn(own, name) ? own[name] : undefined;
  return spec && deriveProfile(name, spec);
}

/** Days by which the proposed fix extends an expired permission: enough to migrate a partner, short enough to force a review. */
const extensionDays = 90;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** True if the permission to be weaker has expired. The last day counts in full, in UTC. */
export function isExpired({ weaker }: Pick<ProfilePlan, 'weaker'>, at: Date): boolean {
  return weaker !== undefined && dayOf(at) > weaker.expires;
}

/** Reports profiles of the firm whose permission to be weaker has expired at a date. */
export function checkExpiries(own: Readonly<Record<string, ProfileSpec>>, at: Date): Problem[] {
  return sortedEntries(own).flatMap(([name, { base, weaker }]) => {
    if (!weaker || !isExpired({ weaker }, at)) return [];
    const extended = new Date(at.getTime() + extensionDays * 86_400_000);
    return tlsProblem('TLS003', `profiles/${name}/weaker/expires`, {
      wrong: `the permission to be weaker than ${base} has expired by ${dayOf(at)}`,
      rule: 'a profile must not be weaker than its base after the day in expires',
      got: weaker.expires,
      fix: `Restore the attributes of ${base} in profiles/${name}. If the reason still holds, Set profiles/${name}/weaker/expires to ${dayOf(extended)} and update the reason.`,
    });
  });
}

function checkPermission(name: string, spec: ProfileSpec): Problem[] {
  if (spec.weaker) return [];
  const profile = deriveProfile(name, spec);
  const base = presets[spec.base];
  const attributes = weakerAttributes(profile, base);
  if (attributes.length === 0) return [];
  const relations = attributes.map((attribute) => `${attribute} ${compareAttribute(attribute, profile, base)}`);
  return [
    tlsProblem('TLS001', `profiles/${name}`, {
      wrong: `the profile is weaker than its base ${spec.base}: ${relations.join(', ')}`,
      rule: 'a profile that is weaker than its base must state a reason and an end date',
      fix: `Set profiles/${name}/weaker to { reason: Why it has to be, expires: 2028-12-31 } with your own reason and date, or leave ${attributes.join(', ')} as in ${spec.base}.`,
    }),
  ];
}

/** Checks the firm's own profiles by themselves: contradictions first, then undeclared weakness. */
export function checkProfiles(own: Readonly<Record<string, ProfileSpec>>): Problem[] {
  return sortedEntries(own).flatMap(([name, spec]) => {
    if (Object.hasOwn(presets, name)) return [];
    const contradictions = contradictionsOf(deriveProfile(name, spec), `profiles/${name}`);
    return contradictions.length > 0 ? contradictions : checkPermission(name, spec);
  });
}
