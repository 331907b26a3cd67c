import type { EndpointPlan } from '../../zones/plan-schema';
import { serverNameCondition } from './server-names';

/** Name of the condition that a request names a host that the endpoint serves. */
const servedHost = 'host.served';

/**
 * Headers in which proxies tell servers who a client is, as a pattern of their lower-case names. Some servers treat `_` as `-`.
 *
 * @see RFC 7239 (Forwarded); RFC 9440 (Client-Cert)
 */
const identityHeaders = [
  'forwarded',
  'x[-_]forwarded([-_].*)?',
  'x[-_]original([-_].*)?',
  '(x[-_])?((true|cluster|fastly)[-_])?(real|client|remote|originating|connecting)[-_](ip|addr|user|host)',
  'cf[-_]connecting[-_]ip(v6)?',
  '(x[-_])?(ssl[-_])?client[-_](cert|certificate|verify|dn|s[-_]dn|i[-_]dn|serial|fingerprint|subject|issuer)([-_].*)?',
  'x[-_]ssl[-_].*',
  'x[-_]arr[-_]clientcert',
  'x[-_]amzn[-_](mtls|oidc)[-_].*',
  'x[-_](auth|authenticated|webauth)[-_].*',
].join('|');

/**
 * Renders the rules on HTTP requests: servers see only requests for the names of the endpoint, and no identity that a client made up.
 *
 * Virtual hosts are chosen by `Host` (`:authority` in HTTP/2), which a client may set to another name than its SNI. The servers may also
 * serve names of endpoints that require a client certificate.
 *
 * @see RFC 9110, 7.4 (misdirected requests), 9.3.6 (CONNECT) and 9.3.8 (TRACE)
 */
export function requestRules({ serverNames }: EndpointPlan): string[] {
  return [
    'http-request deny deny_status 405 if { method CONNECT TRACE }',
    // HTTP/1.0 does not require a host.
    'http-request deny deny_status 400 unless { req.fhdr(host) -m found }',
    ...serverNameCondition(servedHost, 'req.fhdr(host),host_only', serverNames),
    `http-request deny deny_status 421 unless ${servedHost}`,
    `http-request del-header ^(${identityHeaders})$ -m reg`,
  ];
}
