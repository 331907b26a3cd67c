import { sortedEntries } from '../../core/order';
import type { Problem } from '../../core/problem';
import type { EndpointSpec, ZoneSpec } from '../../zones/spec';
import { type MissingCapability, missingFor, missingForHardware } from '../capabilities';
import { tlsProblem } from '../codes';
import { isUsable, servesLegacy, usableKeys } from '../key-algorithms';
import type { HaproxyPlan, ProfilePlan } from '../plan-schema';
import { architectureOf, instanceTypeOf } from '../sizing/instance-types';
import type { HaproxySpec, ProfileSpec } from '../spec';
import { contradictionsOf } from './contradictions';
import { checkProfiles } from './derive';

/** The parts of an estate that TLS checks look at before tiers are planned. */
export interface TlsDescription {
  readonly zones: Readonly<Record<string, ZoneSpec>>;
  readonly profiles: Readonly<Record<string, ProfileSpec>>;
  readonly haproxy?: HaproxySpec;
  /** Instance types of each cloud site, keyed by site. */
  readonly instanceTypes: Readonly<Record<string, { readonly software: readonly string[]; readonly hardware?: readonly string[] }>>;
}

function fixOf(missing: readonly MissingCapability[], instead: string): string {
  const changes = new Map(missing.map(({ path, value }) => [path, value]));
  return `${[...changes].map(([path, value]) => `Set ${path} to ${value}`).join('; ')}, with an image of that build, or ${instead}.`;
}

/** Describes missing capabilities, grouped by what they need: `X25519MLKEM768, SecP256r1MLKEM768 need OpenSSL 3.5 or AWS-LC 1.40`. */
function describeNeeds(missing: readonly MissingCapability[]): string {
  const needs = [...new Set(missing.map((one) => one.needs))];
  const whats = (need: string) => [...new Set(missing.filter((one) => one.needs === need).map(({ what }) => what))];
  return needs.map((need) => `${whats(need).join(', ')} ${whats(need).length > 1 ? 'need' : 'needs'} ${need}`).join(', and ');
}

function describeBuild({ tlsLibrary: { name, version }, features }: HaproxyPlan): string {
  return `${name} ${version}, ${features.length > 0 ? `features ${features.join(', ')}` : 'no features'}`;
}

function checkCapabilities(zone: string, profile: ProfilePlan, haproxy: HaproxyPlan): Problem[] {
  const missing = missingFor(profile, haproxy);
  if (missing.length === 0) return [];
  return [
    tlsProblem('TLS010', `zones/${zone}/profile`, {
      wrong: `profile ${profile.name} needs more than the declared build has (${describeBuild(haproxy)}): ${describeNeeds(missing)}`,
      rule: 'the declared HAProxy build must support everything that a profile offers',
      fix: fixOf(missing, 'choose a profile that the build supports, such as strict'),
    }),
  ];
}

function checkHardware(zone: string, { acceleration }: ZoneSpec, profile: ProfilePlan, haproxy: HaproxyPlan): Problem[] {
  if (acceleration !== 'hardware') return [];
  const path = `zones/${zone}/acceleration`;
  const missing = missingForHardware(haproxy);
  if (missing.length === 0 && !profile.fipsProvider) return [];
  return [
    tlsProblem('TLS013', path, {
      wrong:
        missing.length > 0
          ? `the declared build (${describeBuild(haproxy)}) cannot use acceleration devices: ${describeNeeds(missing)}`
          : `profile ${profile.name} leaves all cryptography to the FIPS provider, which uses no acceleration device`,
      rule: 'hardware acceleration must have a build and a profile that can use a device',
      got: acceleration,
      fix: missing.length > 0 ? fixOf(missing, `set ${path} to auto`) : `Set ${path} to auto.`,
    }),
  ];
}

function checkKeys(path: string, { keyAlgorithms }: EndpointSpec, profile: ProfilePlan): Problem[] {
  const unusable = keyAlgorithms.filter((key) => !isUsable(key, profile));
  const usable = keyAlgorithms.filter((key) => isUsable(key, profile));
  const better = usable.length > 0 ? usable : usableKeys(profile).slice(0, 1);
  if (unusable.length > 0)
    return [
      tlsProblem('TLS016', `${path}/keyAlgorithms`, {
        wrong: `profile ${profile.name} never signs with a key of ${unusable.join(', ')}: it has ${profile.signatureAlgorithms.join(', ')}`,
        rule: 'every key algorithm of an endpoint must fit a signature algorithm of its profile',
        got: keyAlgorithms,
        fix: `Set ${path}/keyAlgorithms to [${better.join(', ')}].`,
      }),
    ];
  if (!profile.versions.includes('TLSv1.2') || keyAlgorithms.some((key) => servesLegacy(key, profile))) return [];
  const fitting = usableKeys(profile).filter((key) => servesLegacy(key, profile));
  return [
    tlsProblem('TLS017', `${path}/keyAlgorithms`, {
      wrong: `profile ${profile.name} offers TLS 1.2, and its TLS 1.2 cipher suites (${profile.legacyCipherSuites.join(', ')}) fit no certificate of the endpoint`,
      rule: 'an endpoint with TLS 1.2 must have a key algorithm that a TLS 1.2 cipher suite names',
      got: keyAlgorithms,
      fix: `Set ${path}/keyAlgorithms to [${[...keyAlgorithms, ...fitting.slice(0, 1)].join(', ')}].`,
    }),
  ];
}

function checkInstanceTypes(path: string, names: readonly string[], accelerated: boolean): Problem[] {
  return names.flatMap((name, index) => {
    const type = instanceTypeOf(name);
    if (type && (!accelerated || type.devices > 0)) return [];
    return tlsProblem('TLS018', `${path}/${index}`, {
      wrong: type
        ? 'the instance type has no acceleration devices'
        : 'the family and size of the instance type are unknown to the sizing model',
      rule: accelerated
        ? 'an instance type for hardware must be Intel bare metal of the families c, m or r, from the 7th generation on'
        : 'an instance type must be of the families c, m or r',
      got: name,
      fix: `Set ${path}/${index} to ${accelerated ? 'c7i.metal-24xl' : 'c7i.xlarge'}, or to another size of the families c, m and r.`,
    });
  });
}

/** Checks that all instance types share one architecture, since a site has one machine image. Bare metal with devices decides which, else the first type. */
function checkArchitectures(path: string, software: readonly string[], hardware: readonly string[]): Problem[] {
  const first = hardware[0] ?? software[0] ?? '';
  const wanted = architectureOf(first);
  const named = [
    ...software.map((name, index) => ({ at: `${path}/software/${index}`, name })),
    ...hardware.map((name, index) => ({ at: `${path}/hardware/${index}`, name })),
  ];
  return named
    .filter(({ name }) => architectureOf(name) !== wanted)
    .map(({ at, name }) =>
      tlsProblem('TLS019', at, {
        wrong: `the instance type is ${architectureOf(name)}, while ${first} of the same site is ${wanted}`,
        rule: 'all instance types of a site must have one processor architecture, that of its machine image',
        got: name,
        fix: `Set ${at} to ${name.replace(/^([a-z]\d+)[a-z-]*/, `$1${wanted === 'arm64' ? 'g' : 'i'}`)}, or to another type whose architecture is ${wanted}.`,
      }),
    );
}

/** Checks that sessions that start within one second at the declared peak are not refused for their number. */
function checkSessions(path: string, { peakNewSessionsPerSecond = 0, concurrentSessions }: EndpointSpec): Problem[] {
  if (concurrentSessions === undefined || concurrentSessions >= peakNewSessionsPerSecond) return [];
  return [
    tlsProblem('TLS021', `${path}/concurrentSessions`, {
      wrong: `${peakNewSessionsPerSecond} new sessions per second are expected at the peak (${path}/peakNewSessionsPerSecond)`,
      rule: 'an endpoint must admit at least the sessions that start within one second',
      got: concurrentSessions,
      fix: `Remove ${path}/concurrentSessions, or set it to ${Math.ceil(peakNewSessionsPerSecond)} or more.`,
    }),
  ];
}

/** Checks profiles, certificate keys, hardware acceleration, declared loads and instance types: everything that needs no sizing. */
export function checkTls(description: TlsDescription, profileOf: (zone: string) => ProfilePlan | undefined): Problem[] {
  const { zones, profiles, haproxy, instanceTypes } = description;
  const known = sortedEntries(zones).flatMap(([id, zone]) => {
    const profile = profileOf(id);
    return profile && contradictionsOf(profile, id).length === 0 ? [{ id, zone, profile }] : [];
  });
  const firsts = known.filter(({ profile }, index) => known.findIndex((other) => other.profile.name === profile.name) === index);
  return [
    ...checkProfiles(profiles),
    ...(haproxy ? firsts.flatMap(({ id, profile }) => checkCapabilities(id, profile, haproxy)) : []),
    ...known.flatMap(({ id, zone, profile }) => [
      ...(haproxy ? checkHardware(id, zone, profile, haproxy) : []),
      ...sortedEntries(zone.endpoints).flatMap(([name, endpoint]) => checkKeys(`zones/${id}/endpoints/${name}`, endpoint, profile)),
    ]),
    ...sortedEntries(zones).flatMap(([id, { endpoints }]) =>
      sortedEntries(endpoints).flatMap(([name, endpoint]) => checkSessions(`zones/${id}/endpoints/${name}`, endpoint)),
    ),
    ...sortedEntries(instanceTypes).flatMap(([site, { software, hardware = [] }]) => [
      ...checkInstanceTypes(`sites/${site}/instanceTypes/software`, software, false),
      ...checkInstanceTypes(`sites/${site}/instanceTypes/hardware`, hardware, true),
      ...checkArchitectures(`sites/${site}/instanceTypes`, software, hardware),
    ]),
  ];
}
