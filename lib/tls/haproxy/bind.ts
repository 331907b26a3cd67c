import type { EndpointPlan } from '../../zones/plan-schema';
import type { HaproxyPlan, ProfilePlan } from '../plan-schema';
import { certificateFiles, endpointFiles, endpointFolder } from './container';
import { line, word } from './syntax';

/** Protocols that clients may choose inside TLS (RFC 7301); none where the endpoint's protocol has no name. */
export const applicationProtocols: Readonly<Record<EndpointPlan['protocol'], readonly string[]>> = {
  https: ['h2', 'http/1.1'],
  grpc: ['h2'],
  fix: [],
  tcp: [],
};

/** A list in the notation of OpenSSL, with its keyword. */
function list(keyword: string, values: readonly string[], separator = ':'): string {
  return values.length === 0 ? '' : `${keyword} ${values.map(word).join(separator)}`;
}

/** Words that hold TLS to the versions and suites of a profile. */
export function suiteKeywords({ versions, cipherSuites, legacyCipherSuites }: ProfilePlan): string[] {
  const ordered = versions.toSorted();
  return [
    line('ssl-min-ver', ordered[0]),
    line('ssl-max-ver', ordered.at(-1)),
    versions.includes('TLSv1.3') ? list('ciphersuites', cipherSuites) : '',
    versions.includes('TLSv1.2') ? list('ciphers', legacyCipherSuites) : '',
  ];
}

/** Words that hold TLS to the key exchange groups and signatures of a profile. */
export function keyExchangeKeywords({ groups, signatureAlgorithms }: ProfilePlan): string[] {
  return [list('curves', groups), list('sigalgs', signatureAlgorithms)];
}

const postQuantum = /MLKEM/;

/**
 * The groups in the notation of the library, with a preference of its own for post-quantum ones.
 *
 * OpenSSL takes of groups of one rank the one a client sent a share of, so that a client which knows the hybrid group and sends a
 * classical share would stay with that; `/` begins a lower rank, and the client is asked again (RFC 8446, 4.1.4).
 */
function rankedGroups(groups: readonly string[], { tlsLibrary }: HaproxyPlan): string {
  const ranks = [groups.filter((group) => postQuantum.test(group)), groups.filter((group) => !postQuantum.test(group))];
  const ranked = tlsLibrary.name === 'openssl' ? ranks.filter((rank) => rank.length > 0) : [groups];
  return ranked.map((rank) => rank.map(word).join(':')).join('/');
}

function clientAuthentication(endpoint: EndpointPlan, profile: ProfilePlan): string[] {
  if (endpoint.clientAuthentication === 'none') return [];
  const folder = endpointFolder(word(endpoint.id));
  return [
    'verify required',
    `ca-file ${folder}/${endpointFiles.clientAuthority}`,
    `crl-file ${folder}/${endpointFiles.revocationList}`,
    list('client-sigalgs', profile.signatureAlgorithms),
  ];
}

/** The line on which an endpoint listens. */
export function bindLine(endpoint: EndpointPlan, profile: ProfilePlan, haproxy: HaproxyPlan): string {
  const folder = endpointFolder(word(endpoint.id));
  return line(
    `bind *:${word(endpoint.port)} ssl`,
    ...endpoint.keyAlgorithms.map((algorithm) => `crt ${folder}/${certificateFiles(endpoint, algorithm).certificate}`),
    'strict-sni',
    ...suiteKeywords(profile),
    `curves ${rankedGroups(profile.groups, haproxy)}`,
    list('sigalgs', profile.signatureAlgorithms),
    list('alpn', applicationProtocols[endpoint.protocol], ','),
    profile.resumption.tickets ? `tls-ticket-keys ${folder}/${endpointFiles.ticketKeys}` : 'no-tls-tickets',
    ...clientAuthentication(endpoint, profile),
  );
}
