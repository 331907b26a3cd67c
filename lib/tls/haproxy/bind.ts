import type { EndpointPlan } from '../../zones/plan-schema';
import type { HaproxyPlan, ProfilePlan } from '../plan-schema';
import { certificateFiles, endpointFiles, endpointFolder } from './container';
import { line, word } from './syntax';

/** ALPN protocols that clients may negotiate; empty for protocols without an ALPN name. @see RFC 7301 */
export const applicationProtocols: Readonly<Record<EndpointPlan['protocol'], readonly string[]>> = {
  https: ['h2', 'http/1.1'],
  grpc: ['h2'],
  fix: [],
  tcp: [],
};

/** Renders a keyword with a list of values; empty if there are none. */
function list(keyword: string, values: readonly string[], separator = ':'): string {
  return values.length === 0 ? '' : `${keyword} ${values.map(word).join(separator)}`;
}

/** Keywords that restrict TLS to the versions and cipher suites of a profile. */
export function suiteKeywords({ versions, cipherSuites, legacyCipherSuites }: ProfilePlan): string[] {
  const ordered = versions.toSorted();
  return [
    line('ssl-min-ver', ordered[0]),
    line('ssl-max-ver', ordered.at(-1)),
    versions.includes('TLSv1.3') ? list('ciphersuites', cipherSuites) : '',
    versions.includes('TLSv1.2') ? list('ciphers', legacyCipherSuites) : '',
  ];
}

/** Keywords that restrict TLS to the key exchange groups and signature algorithms of a profile. */
export function keyExchangeKeywords({ groups, signatureAlgorithms }: ProfilePlan): string[] {
  return [list('curves', groups), list('sigalgs', signatureAlgorithms)];
}

const postQuantum = /MLKEM/;

/**
 * Renders the groups in the notation of the TLS library, with post-quantum groups preferred over classical ones.
 *
 * Among groups of equal rank, OpenSSL chooses one for which the client sent a key share, so a client that supports a hybrid group but
 * sends a classical share would get the classical group. `/` starts a lower rank and makes OpenSSL send a HelloRetryRequest instead.
 *
 * @see RFC 8446, 4.1.4
 */
function rankedGroups(groups: readonly string[], { tlsLibrary }: HaproxyPlan): string {
  const ranks = [groups.filter((group) => postQuantum.test(group)), groups.filter((group) => !postQuantum.test(group))];
  const ranked = tlsLibrary.name === 'openssl' ? ranks.filter((rank) => rank.length > 0) : [groups];
  return ranked.map((rank) => rank.map(word).join(':')).join('/');
}

/** Keywords that require and verify a client certificate; empty if the endpoint asks for none. */
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

/** Renders the `bind` line of an endpoint. */
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
