import { nearest } from '../../core/nearest';
import { sortedEntries } from '../../core/order';
import { type Problem, problem } from '../../core/problem';
import { presetNames } from '../../tls/spec';
import { isBroken, type ParsedEstate } from '../parse/parsed';

/** The oldest and the first too new branch of HAProxy that the emitted directives are for. */
const oldestVersion = [3, 0] as const;
const firstUntriedMajor = 4;

function haproxyVersion({ spec }: ParsedEstate): Problem[] {
  if (!spec.haproxy) return [];
  const { version } = spec.haproxy;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1]);
  if (!old && major < firstUntriedMajor) return [];
  return [
    problem('EST104', 'haproxy/version', {
      cannot: 'configure HAProxy',
      as: `the configuration is for HAProxy ${oldestVersion.join('.')} and later, before ${firstUntriedMajor}.0`,
      value: version,
      fix: `Use an image with HAProxy ${oldestVersion.join('.')} or later, and declare its version.`,
    }),
  ];
}

function profileNames(parsed: ParsedEstate): Problem[] {
  const { profiles, zones } = parsed.spec;
  const presets: readonly string[] = presetNames;
  const names = [...presets, ...Object.keys(profiles)];
  const shadowing = Object.keys(profiles).filter((name) => presets.includes(name));
  const unknown = sortedEntries(zones).filter(([, { profile }]) => !names.includes(profile) && !isBroken(parsed, `profiles/${profile}`));
  return [
    ...shadowing.map((name) =>
      problem('EST102', `profiles/${name}`, {
        cannot: 'declare the profile',
        as: 'Diptych has one of this name',
        value: name,
        fix: `Rename it, for example to own-${name}.`,
      }),
    ),
    ...unknown.map(([id, { profile }]) =>
      problem('EST101', `zones/${id}/profile`, {
        cannot: 'use the profile',
        as: `there are ${names.join(', ')}`,
        value: profile,
        fix: `Write ${nearest(profile, names) ?? presets[0]}.`,
      }),
    ),
  ];
}

/** Names and versions in an estate that lead nowhere. */
export function checkEstateReferences(parsed: ParsedEstate): Problem[] {
  return [...haproxyVersion(parsed), ...profileNames(parsed)];
}
