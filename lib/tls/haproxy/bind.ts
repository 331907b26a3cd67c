import type { EndpointPlan } from '../../zones/plan-schema';
import type { ProfilePlan } from '../plan-schema';
import { certificateFiles, endpointFiles, endpointFolder } from './paths';
import { line, word } from './words';

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
export function suiteWords({ versions, cipherSuites, legacyCipherSuites }: ProfilePlan): string[] {
  const ordered = versions.toSorted();
  return [
    line('ssl-min-ver', ordered[0]),
    line('ssl-max-ver', ordered.at(-1)),
    versions.includes('TLSv1.3') ? list('ciphersuites', cipherSuites) : '',
    versions.includes('TLSv1.2') ? list('ciphers', legacyCipherSuites) : '',
  ];
}

/** Words that hold TLS to the key exchange groups and signatures of a profile. */
export function keyExchangeWords({ groups, signatureAlgorithms }: ProfilePlan): string[] {
  return [list('curves', groups), list('sigalgs', signatureAlgorithms)];
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
export function bindLine(endpoint: EndpointPlan, profile: ProfilePlan): string {
  const folder = endpointFolder(word(endpoint.id));
  return line(
    `bind *:${word(endpoint.port)} ssl`,
    ...endpoint.keyAlgorithms.map((algorithm) => `crt ${folder}/${certificateFiles(endpoint, algorithm).certificate}`),
    'strict-sni',
    ...suiteWords(profile),
    ...keyExchangeWords(profile),
    list('alpn', applicationProtocols[endpoint.protocol], ','),
    profile.resumption.tickets ? `tls-ticket-keys ${folder}/${endpointFiles.ticketKeys}` : 'no-tls-tickets',
    ...clientAuthentication(endpoint, profile),
  );
}
