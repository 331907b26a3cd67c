import { sortedEntries } from '../core/order';
import { type Problem, problem } from '../core/problem';
import { contradictionsOf } from './contradictions';
import type { ProfilePlan } from './plan-schema';
import { presets } from './profiles';
import type { ProfileSpec } from './spec';
import { compareAttribute, weakerAttributes } from './strength';

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

/** The day after today in none of the artifacts: whether the permission to be weaker has ended at a moment. */
export function expired({ weaker }: Pick<ProfilePlan, 'weaker'>, at: Date): boolean {
  return weaker !== undefined && at.toISOString().slice(0, 10) > weaker.expires;
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
      fix: `Set profiles/${name}/weaker to { reason: Why it has to be, expires: 2027-12-31 } with your own reason and day, or leave ${attributes.join(', ')} as in ${spec.base}.`,
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
