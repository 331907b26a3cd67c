import type { ProfilePlan } from '../../lib/tls/plan-schema';
import { cipherSuites, groups, legacyCipherSuites } from '../../lib/tls/spec';
import type { StandInAlgorithm } from './certificates';

/** What a profile promises, as connections that can be tried: computed from its data alone. */

/** Alerts by which a server refuses (RFC 8446, 6.2). */
export const alerts = {
  handshakeFailure: 40,
  protocolVersion: 70,
  unrecognizedName: 112,
  certificateRequired: 116,
  certificateRevoked: 44,
  unknownAuthority: 48,
} as const;

/** What a client with a certificate has to bring. */
export interface Promised {
  /** What is tried, for a person. */
  readonly name: string;
  /** Options of `openssl s_client`. */
  readonly options: readonly string[];
  /** Key algorithm of the certificate that the server should show. @default the profile's first */
  readonly serverKey?: StandInAlgorithm;
  /** Key algorithm of the client's certificate; null where it has none. @default the profile's first */
  readonly clientKey?: StandInAlgorithm | null;
  /** Whether it can be tried only where a client has to bring a certificate. */
  readonly aboutClient?: boolean;
  /** Number of the alert by which it has to be refused; absent where it has to be served. */
  readonly alert?: number;
  /** What has to have been negotiated. */
  readonly negotiated?: Partial<Record<'version' | 'cipherSuite' | 'group' | 'signature', string>>;
}

type Version = ProfilePlan['versions'][number];

/** Key algorithms that can make a signature, and whether an endpoint's certificate may have one. */
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
  // What no profile has, so that there is always something to refuse.
  ecdsa_secp521r1_sha512: { key: 'ecdsa-p521', server: false },
};

/** Suites that no profile may have, so that there is always something to refuse. */
const neverSuites = ['TLS_AES_128_CCM_SHA256'];
const neverLegacySuites = ['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384', 'AES128-GCM-SHA256', 'DHE-RSA-AES256-GCM-SHA384'];

/** Names that OpenSSL gives to groups where they are not the plan's. */
const opensslGroups: Readonly<Record<string, string>> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

/** How OpenSSL calls a group. */
export const opensslGroup = (group: string) => opensslGroups[group] ?? group;

const flag = (version: string) => `-${version.toLowerCase().replace('v', '').replace('.', '_')}`;
/** Old versions are offered in earnest: the client's own level of security would leave them out. */
const anyLevel = ['-cipher', 'ALL:@SECLEVEL=0'];

const keyOf = (algorithm: string | undefined): StandInAlgorithm => signers[algorithm ?? '']?.key ?? 'ecdsa-p256';
const serverSigners = (profile: ProfilePlan) => profile.signatureAlgorithms.filter((name) => signers[name]?.server);

/** Key algorithms that the server certificates of a profile's endpoints have to have, so that each of its signatures can be asked for. */
export function serverKeys(profile: ProfilePlan): StandInAlgorithm[] {
  return [...new Set(serverSigners(profile).map(keyOf))];
}

function versions(profile: ProfilePlan): Promised[] {
  const accepted = profile.versions.map((version): Promised => ({ name: version, options: [flag(version)], negotiated: { version } }));
  const refused = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].filter((version) => !profile.versions.includes(version as Version));
  return [...accepted, ...refused.map((name) => ({ name, options: [flag(name), ...anyLevel], alert: alerts.protocolVersion }))];
}

function suites(profile: ProfilePlan): Promised[] {
  if (!profile.versions.includes('TLSv1.3')) return [];
  return [...cipherSuites, ...neverSuites].map((name) => {
    const options = ['-tls1_3', '-ciphersuites', name];
    const has = profile.cipherSuites.some((suite) => suite === name);
    return has ? { name, options, negotiated: { cipherSuite: name } } : { name, options, alert: alerts.handshakeFailure };
  });
}

function legacySuites(profile: ProfilePlan): Promised[] {
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

function keyExchange(profile: ProfilePlan): Promised[] {
  const options = profile.versions.includes('TLSv1.3') ? ['-tls1_3'] : ['-tls1_2'];
  return groups.map((name) => {
    const tried = [...options, '-groups', name];
    if (!profile.groups.includes(name)) return { name, options: tried, alert: alerts.handshakeFailure };
    return { name, options: tried, negotiated: { group: opensslGroup(name) } };
  });
}

function serverSignatures(profile: ProfilePlan): Promised[] {
  return Object.entries(signers).flatMap(([name, { key, server }]): Promised[] => {
    const has = profile.signatureAlgorithms.some((algorithm) => algorithm === name);
    if (!server || (!has && !serverKeys(profile).includes(key))) return [];
    // TLS 1.3 has no such signature in a handshake (RFC 8446, 4.2.3).
    const version = name === 'rsa_pkcs1_sha256' && has ? ['-tls1_2'] : [];
    const tried = { name: `${name} of the server`, options: [...version, '-sigalgs', name], serverKey: key, clientKey: key };
    return [has ? { ...tried, negotiated: { signature: name } } : { ...tried, alert: alerts.handshakeFailure }];
  });
}

function clientSignatures(profile: ProfilePlan): Promised[] {
  return Object.entries(signers).map(([name, { key }]) => {
    const has = profile.signatureAlgorithms.some((algorithm) => algorithm === name);
    const version = name === 'rsa_pkcs1_sha256' && has ? ['-tls1_2'] : [];
    const tried = { name: `${name} of the client`, options: [...version, '-client_sigalgs', name], clientKey: key, aboutClient: true };
    // A client that may not sign sends no certificate.
    return has ? tried : { ...tried, alert: profile.versions.includes('TLSv1.3') ? alerts.certificateRequired : alerts.handshakeFailure };
  });
}

function clientCertificates(profile: ProfilePlan): Promised[] {
  const alert = { 'TLSv1.3': alerts.certificateRequired, 'TLSv1.2': alerts.handshakeFailure };
  return profile.versions.flatMap((version): Promised[] => [
    { name: `a client certificate in ${version}`, options: [flag(version)], aboutClient: true },
    { name: `no client certificate in ${version}`, options: [flag(version)], clientKey: null, aboutClient: true, alert: alert[version] },
  ]);
}

/** Everything that a profile promises to accept and to refuse, at an endpoint with mutual TLS. */
export function promises(profile: ProfilePlan): Promised[] {
  const parts = [versions, suites, legacySuites, keyExchange, serverSignatures, clientSignatures, clientCertificates];
  // A client offers few groups by itself: what a profile has is offered wherever the groups are not what is tried.
  const offer = ['-groups', profile.groups.join(':')];
  return parts
    .flatMap((part) => part(profile))
    .map((promised) => (promised.options.includes('-groups') ? promised : { ...promised, options: [...promised.options, ...offer] }));
}

/** The key algorithm of the certificates that a connection uses where nothing else is asked. */
export function firstKey(profile: ProfilePlan): StandInAlgorithm {
  return keyOf(serverSigners(profile)[0]);
}
