import { nearest } from '../../core/nearest';
import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import { presetNames } from '../../tls/spec';
import { isBroken, type ParsedEstate } from '../parse/partial-estate';
import { siteProblem } from './codes';

/** Oldest branch of HAProxy that supports the emitted directives, and the first major version that has not been tested. */
const oldestVersion = [3, 0] as const;
const firstUntriedMajor = 4;

function haproxyVersion({ spec }: ParsedEstate): Problem[] {
  if (!spec.haproxy) return [];
  const { version } = spec.haproxy;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1]);
  if (!old && major < firstUntriedMajor) return [];
  return [
    siteProblem('EST104', 'haproxy/version', {
      wrong: 'Diptych does not support this version of HAProxy',
      rule: `the version must be ${oldestVersion.join('.')} or later, and before ${firstUntriedMajor}.0`,
      got: version,
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
      siteProblem('EST102', `profiles/${name}`, {
        wrong: `Diptych already has a profile ${name}`,
        rule: 'each profile must have a name of its own',
        fix: `Rename it, for example to own-${name}.`,
      }),
    ),
    ...unknown.map(([id, { profile }]) =>
      siteProblem('EST101', `zones/${id}/profile`, {
        wrong: 'no profile has this name',
        rule: `the profile of a zone must be one of ${names.join(', ')}`,
        got: profile,
        fix: `Write ${nearest(profile, names) ?? presets[0]}.`,
      }),
    ),
  ];
}

/** Unknown profiles and unsupported versions of HAProxy. */
export function checkEstateReferences(parsed: ParsedEstate): Problem[] {
  return [...haproxyVersion(parsed), ...profileNames(parsed)];
}
