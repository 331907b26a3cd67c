import type { EndpointPlan } from '../../zones/plan-schema';
import type { HaproxyPlan, ProfilePlan } from '../plan-schema';
import { bindLine } from './bind';
import { keepAlive } from './keep-alive';
import { section, word } from './syntax';

/** HAProxy mode of an endpoint: `http` lets HAProxy translate between HTTP versions, `tcp` passes bytes unchanged. */
export function mode({ protocol }: EndpointPlan): 'http' | 'tcp' {
  return protocol === 'https' || protocol === 'grpc' ? 'http' : 'tcp';
}

/** ACL condition that is true if the client's SNI is one of the names; a wildcard matches exactly one label (RFC 6125, 6.4.3). */
function serverNameCondition(names: readonly string[]): string {
  const exact = names.filter((name) => !name.startsWith('*.'));
  const wildcards = names.filter((name) => name.startsWith('*.')).map((name) => `^[^.]+${name.slice(1).replaceAll('.', '[.]')}$`);
  return [
    exact.length > 0 && `{ ssl_fc_sni,lower -m str ${exact.map(word).join(' ')} }`,
    wildcards.length > 0 && `{ ssl_fc_sni,lower -m reg ${wildcards.join(' ')} }`,
  ]
    .filter(Boolean)
    .join(' || ');
}

/** Directives that log one event per TLS session instead of one per request. */
const oneEventPerSession = [
  'http-request set-log-level silent if { var(sess.logged) -m bool }',
  'http-request set-var(sess.logged) bool(true)',
];

/** Renders the `frontend` section of an endpoint: its TLS parameters, and the clients that it accepts. */
export function frontend(endpoint: EndpointPlan, profile: ProfilePlan, haproxy: HaproxyPlan): string {
  endpoint.serverNames.forEach(word);
  const isHttp = mode(endpoint) === 'http';
  return section(`frontend ${word(endpoint.id)} from events`, [
    `mode ${mode(endpoint)}`,
    bindLine(endpoint, profile, haproxy),
    // A ticket of another endpoint could resume a session in which the client never presented a certificate (RFC 8446, 4.6.1).
    endpoint.clientAuthentication === 'required' && 'tcp-request content reject unless { ssl_c_used 1 }',
    // The certificate may contain names that the endpoint does not serve.
    `tcp-request content reject unless ${serverNameCondition(endpoint.serverNames)}`,
    ...(isHttp ? oneEventPerSession : [...keepAlive('clitcpka', endpoint), 'option logasap']),
    `timeout client ${word(endpoint.idleTimeoutSeconds)}s`,
    isHttp && `timeout http-keep-alive ${word(endpoint.idleTimeoutSeconds)}s`,
    `default_backend ${word(endpoint.id)}`,
  ]);
}
