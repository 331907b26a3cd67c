import { sortedEntries } from '../../core/order';
import { type Problem, problem } from '../../core/problem';
import type { EndpointSpec, ZoneSpec } from '../../zones/spec';
import { type Lack, missingFor, missingForHardware } from '../capabilities';
import { isUsable, servesLegacy, usableKeys } from '../key-algorithms';
import type { HaproxyPlan, ProfilePlan } from '../plan-schema';
import { architectureOf, instanceTypeOf } from '../sizing/instance-types';
import type { HaproxySpec, ProfileSpec } from '../spec';
import { contradictionsOf } from './contradictions';
import { checkProfiles } from './derive';

/** What of an estate this domain judges as a whole, before it plans tiers. */
export interface TlsDescription {
  readonly zones: Readonly<Record<string, ZoneSpec>>;
  readonly profiles: Readonly<Record<string, ProfileSpec>>;
  readonly haproxy?: HaproxySpec;
  /** In the cloud, the instance types of each site. */
  readonly instanceTypes: Readonly<Record<string, { readonly software: readonly string[]; readonly hardware?: readonly string[] }>>;
}

function fixOf(lacks: readonly Lack[], instead: string): string {
  const changes = new Map(lacks.map(({ path, value }) => [path, value]));
  return `${[...changes].map(([path, value]) => `Set ${path} to ${value}`).join('; ')}, with an image that is built so, or ${instead}.`;
}

/** `X25519MLKEM768, SecP256r1MLKEM768: OpenSSL 3.5 or AWS-LC 1.40`, each need once. */
function describeNeeds(lacks: readonly Lack[]): string {
  const needs = [...new Set(lacks.map((lack) => lack.needs))];
  const whats = (need: string) => [...new Set(lacks.filter((lack) => lack.needs === need).map(({ what }) => what))];
  return needs.map((need) => `${whats(need).join(', ')} ${whats(need).length > 1 ? 'need' : 'needs'} ${need}`).join('; ');
}

function capability(zone: string, profile: ProfilePlan, haproxy: HaproxyPlan): Problem[] {
  const lacks = missingFor(profile, haproxy);
  if (lacks.length === 0) return [];
  return [
    problem('TLS010', `zones/${zone}/profile`, {
      cannot: `honour the profile ${profile.name}`,
      as: describeNeeds(lacks),
      value: `${haproxy.tlsLibrary.name} ${haproxy.tlsLibrary.version} with ${haproxy.features.join(', ') || 'no features'}`,
      fix: fixOf(lacks, 'choose a profile that the build honours, such as strict'),
    }),
  ];
}

function drivable(zone: string, { acceleration }: ZoneSpec, profile: ProfilePlan, haproxy: HaproxyPlan): Problem[] {
  if (acceleration !== 'hardware') return [];
  const path = `zones/${zone}/acceleration`;
  const lacks = missingForHardware(haproxy);
  if (lacks.length === 0 && !profile.fipsProvider) return [];
  return [
    problem('TLS013', path, {
      cannot: 'accelerate handshakes by hardware',
      as:
        lacks.length > 0
          ? describeNeeds(lacks)
          : `profile ${profile.name} leaves all cryptography to the FIPS provider, of which no device is part`,
      value: acceleration,
      fix: lacks.length > 0 ? fixOf(lacks, `set ${path} to auto`) : `Set ${path} to auto.`,
    }),
  ];
}

function keys(path: string, { keyAlgorithms }: EndpointSpec, profile: ProfilePlan): Problem[] {
  const unusable = keyAlgorithms.filter((key) => !isUsable(key, profile));
  const usable = keyAlgorithms.filter((key) => isUsable(key, profile));
  const better = usable.length > 0 ? usable : usableKeys(profile).slice(0, 1);
  if (unusable.length > 0)
    return [
      problem('TLS016', `${path}/keyAlgorithms`, {
        cannot: `serve a certificate with a key of ${unusable.join(', ')}`,
        as: `profile ${profile.name} signs with ${profile.signatureAlgorithms.join(', ')}`,
        value: keyAlgorithms,
        fix: `Set ${path}/keyAlgorithms to [${better.join(', ')}].`,
      }),
    ];
  if (!profile.versions.includes('TLSv1.2') || keyAlgorithms.some((key) => servesLegacy(key, profile))) return [];
  const fitting = usableKeys(profile).filter((key) => servesLegacy(key, profile));
  return [
    problem('TLS017', `${path}/keyAlgorithms`, {
      cannot: 'offer TLS 1.2',
      as: `no suite of profile ${profile.name} fits a certificate of the endpoint: ${profile.legacyCipherSuites.join(', ')}`,
      value: keyAlgorithms,
      fix: `Set ${path}/keyAlgorithms to [${[...keyAlgorithms, ...fitting.slice(0, 1)].join(', ')}].`,
    }),
  ];
}

function types(path: string, names: readonly string[], accelerated: boolean): Problem[] {
  return names.flatMap((name, index) => {
    const type = instanceTypeOf(name);
    if (type && (!accelerated || type.devices > 0)) return [];
    return problem('TLS018', `${path}/${index}`, {
      cannot: 'size tiers for the instance type',
      as: type ? 'it has no acceleration devices' : 'its family and size are none whose processors and memory are known',
      value: name,
      fix: `Set ${path}/${index} to ${accelerated ? 'c7i.metal-24xl' : 'c7i.xlarge'}, or to another size of the families c, m and r.`,
    });
  });
}

/** One machine image boots on one architecture: that of the machines with devices, else that of the first type. */
function architectures(path: string, software: readonly string[], hardware: readonly string[]): Problem[] {
  const first = hardware[0] ?? software[0] ?? '';
  const wanted = architectureOf(first);
  const named = [
    ...software.map((name, index) => ({ at: `${path}/software/${index}`, name })),
    ...hardware.map((name, index) => ({ at: `${path}/hardware/${index}`, name })),
  ];
  return named
    .filter(({ name }) => architectureOf(name) !== wanted)
    .map(({ at, name }) =>
      problem('TLS019', at, {
        cannot: 'boot the machine image of the site',
        as: `${first} is ${wanted} and this instance type ${architectureOf(name)}`,
        value: name,
        fix: `Set ${at} to ${name.replace(/^([a-z]\d+)[a-z-]*/, `$1${wanted === 'arm64' ? 'g' : 'i'}`)}, or to another type whose architecture is ${wanted}.`,
      }),
    );
}

/** What is wrong with profiles, certificates' keys and means of termination tiers, whatever their load. */
export function checkTls(description: TlsDescription, profileOf: (zone: string) => ProfilePlan | undefined): Problem[] {
  const { zones, profiles, haproxy, instanceTypes } = description;
  const known = sortedEntries(zones).flatMap(([id, zone]) => {
    const profile = profileOf(id);
    return profile && contradictionsOf(profile, id).length === 0 ? [{ id, zone, profile }] : [];
  });
  const firsts = known.filter(({ profile }, index) => known.findIndex((other) => other.profile.name === profile.name) === index);
  return [
    ...checkProfiles(profiles),
    ...(haproxy ? firsts.flatMap(({ id, profile }) => capability(id, profile, haproxy)) : []),
    ...known.flatMap(({ id, zone, profile }) => [
      ...(haproxy ? drivable(id, zone, profile, haproxy) : []),
      ...sortedEntries(zone.endpoints).flatMap(([name, endpoint]) => keys(`zones/${id}/endpoints/${name}`, endpoint, profile)),
    ]),
    ...sortedEntries(instanceTypes).flatMap(([site, { software, hardware = [] }]) => [
      ...types(`sites/${site}/instanceTypes/software`, software, false),
      ...types(`sites/${site}/instanceTypes/hardware`, hardware, true),
      ...architectures(`sites/${site}/instanceTypes`, software, hardware),
    ]),
  ];
}
