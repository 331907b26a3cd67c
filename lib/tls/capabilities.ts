import type { HaproxyPlan, ProfilePlan } from './plan-schema';

/** What a declared HAProxy and its TLS library can honour. HAProxy itself has every directive in all versions that are accepted. */

type Library = HaproxyPlan['tlsLibrary']['name'];

/** The first release of each library that has something; a library that is missing has no release known to have it. */
type Since = Readonly<Partial<Record<Library, string>>>;

/**
 * @see OpenSSL's CHANGES.md, 3.5.0: ML-KEM, its hybrids and ML-DSA
 * @see aws-lc pull requests 1849 (768, after 1.35) and 2327 (1024, of April 2025); its plain ML-KEM (2589) was still open
 */
const groupsSince: Readonly<Partial<Record<ProfilePlan['groups'][number], Since>>> = {
  X25519MLKEM768: { openssl: '3.5', 'aws-lc': '1.40' },
  SecP256r1MLKEM768: { openssl: '3.5', 'aws-lc': '1.40' },
  SecP384r1MLKEM1024: { openssl: '3.5', 'aws-lc': '1.55' },
  MLKEM1024: { openssl: '3.5' },
};

const signaturesSince: Readonly<Partial<Record<ProfilePlan['signatureAlgorithms'][number], Since>>> = {
  mldsa65: { openssl: '3.5' },
  mldsa87: { openssl: '3.5' },
};

const libraryNames: Readonly<Record<Library, string>> = { openssl: 'OpenSSL', 'aws-lc': 'AWS-LC' };

/** The oldest release that HAProxy's directives for providers and TLS 1.3 are for. */
const oldestOpenssl = '3.0';

/** One thing that the declared build lacks. */
export interface Lack {
  /** `X25519MLKEM768`. */
  readonly what: string;
  /** `OpenSSL 3.5 or AWS-LC 1.40`. */
  readonly needs: string;
  /** Attribute of the description that would have to change, and to what. */
  readonly path: string;
  readonly value: string;
}

/** Whether one version of dotted numbers is another or later. */
export function isAtLeast(version: string, least: string): boolean {
  const [one, other] = [version, least].map((text) => text.split('.').map(Number));
  const index = (other ?? []).findIndex((number, place) => number !== (one?.[place] ?? 0));
  return index < 0 || (one?.[index] ?? 0) > (other?.[index] ?? 0);
}

function describeReleases(since: Since): string {
  return (['openssl', 'aws-lc'] as const).flatMap((name) => (since[name] ? `${libraryNames[name]} ${since[name]}` : [])).join(' or ');
}

/** The release that a description without OpenSSL is told to take: the first with the hybrid groups. */
const proposedOpenssl = '3.5';

/** A library that has something, as the description would declare it; text is quoted, since a version is no number. */
function openssl(version = proposedOpenssl): Pick<Lack, 'path' | 'value'> {
  return { path: 'haproxy/tlsLibrary', value: `{ name: openssl, version: "${version}" }` };
}

function libraryVersion(version: string): Pick<Lack, 'path' | 'value'> {
  return { path: 'haproxy/tlsLibrary/version', value: `"${version}"` };
}

function withFeature({ features }: HaproxyPlan, feature: HaproxyPlan['features'][number]): Pick<Lack, 'path' | 'value'> {
  return { path: 'haproxy/features', value: `[${[...features, feature].join(', ')}]` };
}

function libraryLack(what: string, since: Since | undefined, { name, version }: HaproxyPlan['tlsLibrary']): Lack[] {
  if (!since) return [];
  const least = since[name];
  if (least !== undefined && isAtLeast(version, least)) return [];
  const change = least === undefined ? openssl(since.openssl) : libraryVersion(least);
  return [{ what, needs: describeReleases(since), ...change }];
}

function fipsLack(haproxy: HaproxyPlan): Lack[] {
  const { name, version } = haproxy.tlsLibrary;
  const lack = { what: 'FIPS 140', needs: `OpenSSL ${oldestOpenssl} with its FIPS provider (feature provider-fips)` };
  if (name !== 'openssl') return [{ ...lack, ...openssl() }, ...featureLack(lack, haproxy)];
  return [...(isAtLeast(version, oldestOpenssl) ? [] : [{ ...lack, ...libraryVersion(oldestOpenssl) }]), ...featureLack(lack, haproxy)];
}

function featureLack(lack: Pick<Lack, 'what' | 'needs'>, haproxy: HaproxyPlan): Lack[] {
  return haproxy.features.includes('provider-fips') ? [] : [{ ...lack, ...withFeature(haproxy, 'provider-fips') }];
}

/** What a build lacks to honour a profile. */
export function missingFor(profile: ProfilePlan, haproxy: HaproxyPlan): Lack[] {
  return [
    ...profile.groups.flatMap((group) => libraryLack(group, groupsSince[group], haproxy.tlsLibrary)),
    ...profile.signatureAlgorithms.flatMap((name) => libraryLack(name, signaturesSince[name], haproxy.tlsLibrary)),
    ...(profile.fipsProvider ? fipsLack(haproxy) : []),
  ];
}

/** What hands work to an acceleration device. */
export type DeviceDriver = 'engine' | 'provider';

/** What of a build hands work to an acceleration device: AWS-LC has neither engines nor providers, and OpenSSL 4.0 dropped engines. */
export function deviceDriver({ tlsLibrary: { name, version }, features }: HaproxyPlan): DeviceDriver | undefined {
  if (name !== 'openssl') return undefined;
  if (features.includes('engine') && !isAtLeast(version, '4.0')) return 'engine';
  return features.includes('provider-qat') && isAtLeast(version, oldestOpenssl) ? 'provider' : undefined;
}

/** What a build lacks to hand work to an acceleration device. */
export function missingForHardware(haproxy: HaproxyPlan): Lack[] {
  const { tlsLibrary } = haproxy;
  const lack = {
    what: 'acceleration hardware',
    needs: 'OpenSSL with the provider of QAT (feature provider-qat), or with engines before 4.0 (feature engine)',
  };
  const isOpenssl = tlsLibrary.name === 'openssl';
  const library = isOpenssl ? [] : [{ ...lack, ...openssl() }];
  const driver = deviceDriver(isOpenssl ? haproxy : { ...haproxy, tlsLibrary: { name: 'openssl', version: proposedOpenssl } });
  return driver ? library : [...library, { ...lack, ...withFeature(haproxy, 'provider-qat') }];
}
