import { sortedEntries } from '../../core/order';
import { type Problem, problem } from '../../core/problem';
import type { ProfilePlan } from '../plan-schema';
import { presets } from '../profiles';
import type { ProfileSpec } from '../spec';
import { compareAttribute, weakerAttributes } from '../strength';
import { contradictionsOf } from './contradictions';

/** A firm's own profile, with what it changes put in place of its base's. */
export function deriveProfile(name: string, { base, weaker, ...changed }: ProfileSpec): ProfilePlan {
  const preset = presets[base];
  return { ...preset, ...changed, name, base, source: `derived from ${base}: ${preset.source}`, ...(weaker && { weaker }) };
}

/** The profile of a name: a preset, or the firm's own; nothing where there is none. */
export function profileNamed(name: string, own: Readonly<Record<string, ProfileSpec>>): ProfilePlan | undefined {
  if (Object.hasOwn(presets, name)) return presets[name as keyof typeof presets];
  const spec = Object.hasOwn(own, name) ? own[name] : undefined;
  return spec && deriveProfile(name, spec);
}

/** A season: long enough to migrate a partner, short enough to be looked at again. */
const extensionDays = 90;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Whether the permission to be weaker has ended at a moment; its day counts whole, in UTC. */
export function expired({ weaker }: Pick<ProfilePlan, 'weaker'>, at: Date): boolean {
  return weaker !== undefined && dayOf(at) > weaker.expires;
}

/** The firm's own profiles whose permission to be weaker has ended at a moment. */
export function checkExpiries(own: Readonly<Record<string, ProfileSpec>>, at: Date): Problem[] {
  return sortedEntries(own).flatMap(([name, { base, weaker }]) => {
    if (!weaker || !expired({ weaker }, at)) return [];
    const extended = new Date(at.getTime() + extensionDays * 86_400_000);
    return problem('TLS003', `profiles/${name}/weaker/expires`, {
      cannot: `use a profile that is weaker than ${base}`,
      as: `it was allowed until its day, and it is ${dayOf(at)}`,
      value: weaker.expires,
      fix: `Change profiles/${name} back to what ${base} has; or, where the reason still holds, Set profiles/${name}/weaker/expires to ${dayOf(extended)} and say so in it.`,
    });
  });
}

function undeclared(name: string, spec: ProfileSpec): Problem[] {
  if (spec.weaker) return [];
  const profile = deriveProfile(name, spec);
  const base = presets[spec.base];
  const attributes = weakerAttributes(profile, base);
  if (attributes.length === 0) return [];
  const relations = attributes.map((attribute) => `${attribute} ${compareAttribute(attribute, profile, base)}`);
  const values = Object.fromEntries(attributes.map((attribute) => [attribute, profile[attribute]]));
  return [
    problem('TLS001', `profiles/${name}`, {
      cannot: `derive the profile from ${spec.base}`,
      as: `a profile that is weaker than its base says why and until when: ${relations.join(', ')}`,
      value: values,
      fix: `Set profiles/${name}/weaker to { reason: Why it has to be, expires: 2028-12-31 } with your own reason and day, or leave ${attributes.join(', ')} as in ${spec.base}.`,
    }),
  ];
}

/** What is wrong with a firm's own profiles by themselves. */
export function checkProfiles(own: Readonly<Record<string, ProfileSpec>>): Problem[] {
  return sortedEntries(own).flatMap(([name, spec]) => {
    if (Object.hasOwn(presets, name)) return [];
    const contradictions = contradictionsOf(deriveProfile(name, spec), `profiles/${name}`);
    return contradictions.length > 0 ? contradictions : undeclared(name, spec);
  });
}
