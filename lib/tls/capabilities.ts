import type { HaproxyPlan, ProfilePlan } from './plan-schema';

type Library = HaproxyPlan['tlsLibrary']['name'];

/** First release of each library with a capability; a library without an entry has no release with it. */
type Since = Readonly<Partial<Record<Library, string>>>;

/**
 * First releases with post-quantum groups.
 *
 * @see OpenSSL's CHANGES.md, 3.5.0: ML-KEM, its hybrids and ML-DSA
 * @see aws-lc pull requests 1849 (ML-KEM-768 hybrids, after 1.35) and 2327 (ML-KEM-1024 hybrid, April 2025); plain ML-KEM (2589) was not merged
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

/** First OpenSSL release with providers, which HAProxy's `ssl-provider` directives need. */
const oldestOpenssl = '3.0';

/** A capability that the declared HAProxy build does not have. */
export interface MissingCapability {
  /** Name of the capability, such as `X25519MLKEM768`. */
  readonly what: string;
  /** Releases or features that have it, such as `OpenSSL 3.5 or AWS-LC 1.40`. */
  readonly needs: string;
  /** Path of the attribute to change in the description. */
  readonly path: string;
  /** Value to set there, in YAML. */
  readonly value: string;
}

/** True if a dotted version is at least another one, compared number by number (3.10 is later than 3.5). */
export function isAtLeast(version: string, least: string): boolean {
  const [one, other] = [version, least].map((text) => text.split('.').map(Number));
  const index = (other ?? []).findIndex((number, place) => number !== (one?.[place] ?? 0));
  return index < 0 || (one?.[index] ?? 0) > (other?.[index] ?? 0);
}

function describeReleases(since: Since): string {
  return (['openssl', 'aws-lc'] as const).flatMap((name) => (since[name] ? `${libraryNames[name]} ${since[name]}` : [])).join(' or ');
}

/** OpenSSL release that fixes propose: the first with hybrid groups. */
const proposedOpenssl = '3.5';

/** Change that declares OpenSSL; the version is quoted because YAML would read it as a number. */
function declareOpenssl(version = proposedOpenssl): Pick<MissingCapability, 'path' | 'value'> {
  return { path: 'haproxy/tlsLibrary', value: `{ name: openssl, version: "${version}" }` };
}

function setVersion(version: string): Pick<MissingCapability, 'path' | 'value'> {
  return { path: 'haproxy/tlsLibrary/version', value: `"${version}"` };
}

function addFeature({ features }: HaproxyPlan, feature: HaproxyPlan['features'][number]): Pick<MissingCapability, 'path' | 'value'> {
  return { path: 'haproxy/features', value: `[${[...features, feature].join(', ')}]` };
}

function missingInLibrary(what: string, since: Since | undefined, { name, version }: HaproxyPlan['tlsLibrary']): MissingCapability[] {
  if (!since) return [];
  const least = since[name];
  if (least !== undefined && isAtLeast(version, least)) return [];
  const change = least === undefined ? declareOpenssl(since.openssl) : setVersion(least);
  return [{ what, needs: describeReleases(since), ...change }];
}

function missingForFips(haproxy: HaproxyPlan): MissingCapability[] {
  const { name, version } = haproxy.tlsLibrary;
  const capability = { what: 'FIPS 140', needs: `OpenSSL ${oldestOpenssl} with its FIPS provider (feature provider-fips)` };
  if (name !== 'openssl') return [{ ...capability, ...declareOpenssl() }, ...missingFipsFeature(capability, haproxy)];
  return [
    ...(isAtLeast(version, oldestOpenssl) ? [] : [{ ...capability, ...setVersion(oldestOpenssl) }]),
    ...missingFipsFeature(capability, haproxy),
  ];
}

function missingFipsFeature(capability: Pick<MissingCapability, 'what' | 'needs'>, haproxy: HaproxyPlan): MissingCapability[] {
  return haproxy.features.includes('provider-fips') ? [] : [{ ...capability, ...addFeature(haproxy, 'provider-fips') }];
}

/** Lists the capabilities of a profile that the declared build does not have. */
export function missingFor(profile: ProfilePlan, haproxy: HaproxyPlan): MissingCapability[] {
  return [
    ...profile.groups.flatMap((group) => missingInLibrary(group, groupsSince[group], haproxy.tlsLibrary)),
    ...profile.signatureAlgorithms.flatMap((name) => missingInLibrary(name, signaturesSince[name], haproxy.tlsLibrary)),
    ...(profile.fipsProvider ? missingForFips(haproxy) : []),
  ];
}

/** OpenSSL mechanism that hands work to an acceleration device. */
export type DeviceDriver = 'engine' | 'provider';

/** Chooses the mechanism of a build that hands work to a device; undefined if it has none. AWS-LC has neither engines nor providers, and OpenSSL 4.0 removed engines. */
export function deviceDriver({ tlsLibrary: { name, version }, features }: HaproxyPlan): DeviceDriver | undefined {
  if (name !== 'openssl') return undefined;
  if (features.includes('engine') && !isAtLeast(version, '4.0')) return 'engine';
  return features.includes('provider-qat') && isAtLeast(version, oldestOpenssl) ? 'provider' : undefined;
}

/** Lists the capabilities that the declared build would need to use acceleration devices. */
export function missingForHardware(haproxy: HaproxyPlan): MissingCapability[] {
  const { tlsLibrary } = haproxy;
  const capability = {
    what: 'hardware acceleration',
    needs: 'OpenSSL with the QAT provider (feature provider-qat), or OpenSSL before 4.0 with engines (feature engine)',
  };
  const isOpenssl = tlsLibrary.name === 'openssl';
  const library = isOpenssl ? [] : [{ ...capability, ...declareOpenssl() }];
  const driver = deviceDriver(isOpenssl ? haproxy : { ...haproxy, tlsLibrary: { name: 'openssl', version: proposedOpenssl } });
  return driver ? library : [...library, { ...capability, ...addFeature(haproxy, 'provider-qat') }];
}
