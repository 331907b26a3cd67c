import type { ProfilePlan } from '../../lib/tls/plan-schema';
import { cipherSuites, groups, legacyCipherSuites } from '../../lib/tls/spec';
import type { StandInAlgorithm } from './certificates';

/** TLS alerts of a server that refuses a handshake. @see RFC 8446, 6.2 */
export const alerts = {
  handshakeFailure: 40,
  protocolVersion: 70,
  unrecognizedName: 112,
  certificateRequired: 116,
  certificateRevoked: 44,
  unknownAuthority: 48,
} as const;

/** A connection attempt and its expected outcome under a profile. */
export interface Expectation {
  /** Description of the attempt. */
  readonly name: string;
  /** Options of `openssl s_client`. */
  readonly options: readonly string[];
  /** Key algorithm of the server certificate. @default the profile's first */
  readonly serverKey?: StandInAlgorithm;
  /** Key algorithm of the client certificate; null for a client without one. @default the profile's first */
  readonly clientKey?: StandInAlgorithm | null;
  /** True if the attempt needs an endpoint with mutual TLS. */
  readonly aboutClient?: boolean;
  /** Alert with which the server must refuse; absent if it must serve. */
  readonly alert?: number;
  /** Parameters that must be negotiated. */
  readonly negotiated?: Partial<Record<'version' | 'cipherSuite' | 'group' | 'signature', string>>;
}

type Version = ProfilePlan['versions'][number];

/** Key algorithm for each signature algorithm, and whether an endpoint's certificate may use it. */
const signers: Readonly<Record<string, { readonly key: StandInAlgorithm; readonly server: boolean }>> = {
  ecdsa_secp256r1_sha256: { key: 'ecdsa-p256', server: true },
  ecdsa_secp384r1_sha384: { key: 'ecdsa-p384', server: true },
  rsa_pss_rsae_sha256: { key: 'rsa-2048', server: true },
  rsa_pss_rsae_sha384: { key: 'rsa-2048', server: true },
  rsa_pss_rsae_sha512: { key: 'rsa-2048', server: true },
  rsa_pkcs1_sha256: { key: 'rsa-2048', server: true },
  ed25519: { key: 'ed25519', server: false },
  mldsa65: { key: 'ml-dsa-65', server: true },
  mldsa87: { key: 'ml-dsa-87', server: true },
  // No profile has this algorithm, so that there is always one to refuse.
  ecdsa_secp521r1_sha512: { key: 'ecdsa-p521', server: false },
};

/** Cipher suites that no profile may have, so that there is always one to refuse. */
const neverSuites = ['TLS_AES_128_CCM_SHA256'];
const neverLegacySuites = ['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384', 'AES128-GCM-SHA256', 'DHE-RSA-AES256-GCM-SHA384'];

/** OpenSSL's names of groups, if they differ from the plan's. */
const opensslGroups: Readonly<Record<string, string>> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

/** OpenSSL's name of a group. */
export const opensslGroup = (group: string) => opensslGroups[group] ?? group;

const flag = (version: string) => `-${version.toLowerCase().replace('v', '').replace('.', '_')}`;
/** Options that make the client really offer old versions, which its default security level excludes. */
const anyLevel = ['-cipher', 'ALL:@SECLEVEL=0'];

const keyOf = (algorithm: string | undefined): StandInAlgorithm => signers[algorithm ?? '']?.key ?? 'ecdsa-p256';
const serverSigners = (profile: ProfilePlan) => profile.signatureAlgorithms.filter((name) => signers[name]?.server);

/** Key algorithms of server certificates that cover every signature algorithm of a profile. */
export function serverKeys(profile: ProfilePlan): StandInAlgorithm[] {
  return [...new Set(serverSigners(profile).map(keyOf))];
}

function versions(profile: ProfilePlan): Expectation[] {
  const accepted = profile.versions.map((version): Expectation => ({ name: version, options: [flag(version)], negotiated: { version } }));
  const refused = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].filter((version) => !profile.versions.includes(version as Version));
  return [...accepted, ...refused.map((name) => ({ name, options: [flag(name), ...anyLevel], alert: alerts.protocolVersion }))];
}

function suites(profile: ProfilePlan): Expectation[] {
  if (!profile.versions.includes('TLSv1.3')) return [];
  return [...cipherSuites, ...neverSuites].map((name) => {
    const options = ['-tls1_3', '-ciphersuites', name];
    const has = profile.cipherSuites.some((suite) => suite === name);
    return has ? { name, options, negotiated: { cipherSuite: name } } : { name, options, alert: alerts.handshakeFailure };
  });
}

function legacySuites(profile: ProfilePlan): Expectation[] {
  if (!profile.versions.includes('TLSv1.2')) return [];
  return [...legacyCipherSuites, ...neverLegacySuites].map((name) => {
    const options = ['-tls1_2', '-cipher', `${name}:@SECLEVEL=0`];
    const serverKey = name.includes('ECDSA') ? 'ecdsa-p256' : 'rsa-2048';
    const has = profile.legacyCipherSuites.some((suite) => suite === name);
    return has
      ? { name, options, serverKey, negotiated: { cipherSuite: name } }
      : { name, options, serverKey, alert: alerts.handshakeFailure };
  });
}

function keyExchange(profile: ProfilePlan): Expectation[] {
  const options = profile.versions.includes('TLSv1.3') ? ['-tls1_3'] : ['-tls1_2'];
  return groups.map((name) => {
    const tried = [...options, '-groups', name];
    if (!profile.groups.includes(name)) return { name, options: tried, alert: alerts.handshakeFailure };
    return { name, options: tried, negotiated: { group: opensslGroup(name) } };
  });
}

function serverSignatures(profile: ProfilePlan): Expectation[] {
  return Object.entries(signers).flatMap(([name, { key, server }]): Expectation[] => {
    const has = profile.signatureAlgorithms.some((algorithm) => algorithm === name);
    if (!server || (!has && !serverKeys(profile).includes(key))) return [];
    // TLS 1.3 does not use this signature algorithm in handshakes (RFC 8446, 4.2.3).
    const version = name === 'rsa_pkcs1_sha256' && has ? ['-tls1_2'] : [];
    const tried = { name: `${name} of the server`, options: [...version, '-sigalgs', name], serverKey: key, clientKey: key };
    return [has ? { ...tried, negotiated: { signature: name } } : { ...tried, alert: alerts.handshakeFailure }];
  });
}

function clientSignatures(profile: ProfilePlan): Expectation[] {
  return Object.entries(signers).map(([name, { key }]) => {
    const has = profile.signatureAlgorithms.some((algorithm) => algorithm === name);
    const version = name === 'rsa_pkcs1_sha256' && has ? ['-tls1_2'] : [];
    const tried = { name: `${name} of the client`, options: [...version, '-client_sigalgs', name], clientKey: key, aboutClient: true };
    // A client without a permitted signature algorithm sends no certificate.
    return has ? tried : { ...tried, alert: profile.versions.includes('TLSv1.3') ? alerts.certificateRequired : alerts.handshakeFailure };
  });
}

function clientCertificates(profile: ProfilePlan): Expectation[] {
  const alert = { 'TLSv1.3': alerts.certificateRequired, 'TLSv1.2': alerts.handshakeFailure };
  return profile.versions.flatMap((version): Expectation[] => [
    { name: `a client certificate in ${version}`, options: [flag(version)], aboutClient: true },
    { name: `no client certificate in ${version}`, options: [flag(version)], clientKey: null, aboutClient: true, alert: alert[version] },
  ]);
}

/** Computes everything that a profile must accept and refuse at an endpoint with mutual TLS, from its data alone. */
export function expectationsOf(profile: ProfilePlan): Expectation[] {
  const parts = [versions, suites, legacySuites, keyExchange, serverSignatures, clientSignatures, clientCertificates];
  // A client offers few groups by default, so all groups of the profile are offered unless groups are under test.
  const offer = ['-groups', profile.groups.join(':')];
  return parts
    .flatMap((part) => part(profile))
    .map((expected) => (expected.options.includes('-groups') ? expected : { ...expected, options: [...expected.options, ...offer] }));
}

/** Default key algorithm of certificates under a profile. */
export function firstKey(profile: ProfilePlan): StandInAlgorithm {
  return keyOf(serverSigners(profile)[0]);
}
