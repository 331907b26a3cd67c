import type { ProfilePlan } from './plan-schema';

/** Result of a comparison in a partial order. */
export type Relation = 'stronger' | 'equal' | 'weaker' | 'incomparable';

/** The attributes of a profile that are compared for strength. */
export type Strength = Pick<
  ProfilePlan,
  | 'versions'
  | 'cipherSuites'
  | 'legacyCipherSuites'
  | 'groups'
  | 'signatureAlgorithms'
  | 'clientAuthentication'
  | 'resumption'
  | 'fipsProvider'
>;

/** Name of an attribute that is compared for strength. */
export type StrengthAttribute = keyof Strength;

/** Grades of one option. An option is at least as strong as another if none of its grades is lower. */
type Grades = readonly number[];

/** TLS 1.3 is stronger because it encrypts the handshake and removed weak options. @see RFC 8446, 1.2 */
const versions: Readonly<Record<Strength['versions'][number], Grades>> = { 'TLSv1.2': [12], 'TLSv1.3': [13] };

/** Key length of each cipher, in bits. */
const cipherSuites: Readonly<Record<Strength['cipherSuites'][number], Grades>> = {
  TLS_AES_128_GCM_SHA256: [128],
  TLS_AES_256_GCM_SHA384: [256],
  TLS_CHACHA20_POLY1305_SHA256: [256],
};

/** Key length of each cipher, in bits. */
const legacyCipherSuites: Readonly<Record<Strength['legacyCipherSuites'][number], Grades>> = {
  'ECDHE-ECDSA-AES128-GCM-SHA256': [128],
  'ECDHE-RSA-AES128-GCM-SHA256': [128],
  'ECDHE-ECDSA-AES256-GCM-SHA384': [256],
  'ECDHE-RSA-AES256-GCM-SHA384': [256],
  'ECDHE-ECDSA-CHACHA20-POLY1305': [256],
  'ECDHE-RSA-CHACHA20-POLY1305': [256],
};

/** Strength in bits (SP 800-57 Part 1, table 2), post-quantum security category (FIPS 203), and number of problems that an attacker must solve. */
const groups: Readonly<Record<Strength['groups'][number], Grades>> = {
  X25519: [128, 0, 1],
  'P-256': [128, 0, 1],
  'P-384': [192, 0, 1],
  'P-521': [256, 0, 1],
  X25519MLKEM768: [192, 3, 2],
  SecP256r1MLKEM768: [192, 3, 2],
  SecP384r1MLKEM1024: [256, 5, 2],
  MLKEM1024: [256, 5, 1],
};

/** Strength in bits, post-quantum security category (FIPS 204), and 1 if the padding has a security proof. The RSA key length belongs to the certificate, so it does not count here. */
const signatureAlgorithms: Readonly<Record<Strength['signatureAlgorithms'][number], Grades>> = {
  rsa_pkcs1_sha256: [128, 0, 0],
  rsa_pss_rsae_sha256: [128, 0, 1],
  rsa_pss_rsae_sha384: [128, 0, 1],
  rsa_pss_rsae_sha512: [128, 0, 1],
  ecdsa_secp256r1_sha256: [128, 0, 1],
  ecdsa_secp384r1_sha384: [192, 0, 1],
  ed25519: [128, 0, 1],
  mldsa65: [192, 3, 1],
  mldsa87: [256, 5, 1],
};

function atLeast(one: Grades, other: Grades): boolean {
  return one.every((grade, index) => grade >= (other[index] ?? 0));
}

/**
 * True if an ordered set of options is at least as strong as another (Egli-Milner order): it offers nothing weaker than everything in
 * the other, lacks nothing stronger than everything it has, and its first choice is not weaker.
 */
function setAtLeast(one: readonly Grades[], other: readonly Grades[]): boolean {
  const [first, second] = [one[0], other[0]];
  if (!first) return true;
  const nothingWeaker = one.every((grades) => other.some((offered) => atLeast(grades, offered)));
  const nothingLost = other.every((offered) => one.some((grades) => atLeast(grades, offered)));
  return nothingWeaker && nothingLost && second !== undefined && atLeast(first, second);
}

function relate(one: readonly Grades[], other: readonly Grades[]): Relation {
  const up = setAtLeast(one, other);
  const down = setAtLeast(other, one);
  if (up && down) return 'equal';
  return up ? 'stronger' : down ? 'weaker' : 'incomparable';
}

/** Whoever steals a ticket key can decrypt sessions, so no tickets is strongest, and a short lifetime is stronger than a long one. */
function resumption({ resumption: { tickets, lifetimeSeconds } }: Strength): readonly Grades[] {
  return [[tickets ? -lifetimeSeconds : 0]];
}

/** Grades of the TLS 1.2 cipher suites, which count only if the profile offers TLS 1.2. */
function legacy(profile: Strength): readonly Grades[] {
  return profile.versions.includes('TLSv1.2') ? profile.legacyCipherSuites.map((suite) => legacyCipherSuites[suite]) : [];
}

const gradesOf: { readonly [A in StrengthAttribute]: (profile: Strength) => readonly Grades[] } = {
  versions: (profile) =>
    [...profile.versions]
      .sort()
      .reverse()
      .map((version) => versions[version]),
  cipherSuites: (profile) => profile.cipherSuites.map((suite) => cipherSuites[suite]),
  legacyCipherSuites: legacy,
  groups: (profile) => profile.groups.map((group) => groups[group]),
  signatureAlgorithms: (profile) => profile.signatureAlgorithms.map((algorithm) => signatureAlgorithms[algorithm]),
  clientAuthentication: (profile) => [[profile.clientAuthentication === 'required' ? 1 : 0]],
  resumption,
  fipsProvider: (profile) => [[profile.fipsProvider ? 1 : 0]],
};

/** Attributes that are compared for strength, in the order of reports. */
export const strengthAttributes = Object.keys(gradesOf) as readonly StrengthAttribute[];

/** Compares one attribute of two profiles. */
export function compareAttribute(attribute: StrengthAttribute, one: Strength, other: Strength): Relation {
  return relate(gradesOf[attribute](one), gradesOf[attribute](other));
}

/**
 * Compares two profiles attribute by attribute.
 *
 * @example
 * import { presets } from './profiles';
 *
 * compareProfiles(presets.compatible, presets.strict).versions; // 'weaker'
 */
export function compareProfiles(one: Strength, other: Strength): Readonly<Record<StrengthAttribute, Relation>> {
  return Object.fromEntries(strengthAttributes.map((attribute) => [attribute, compareAttribute(attribute, one, other)])) as Record<
    StrengthAttribute,
    Relation
  >;
}

/** Lists the attributes in which a profile is weaker than another, including those that are incomparable. */
export function weakerAttributes(one: Strength, other: Strength): StrengthAttribute[] {
  const relations = compareProfiles(one, other);
  return strengthAttributes.filter((attribute) => relations[attribute] === 'weaker' || relations[attribute] === 'incomparable');
}
