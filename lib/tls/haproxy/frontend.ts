import type { EndpointPlan } from '../../zones/plan-schema';
import type { HaproxyPlan, ProfilePlan } from '../plan-schema';
import { bindLine } from './bind';
import { keepAlive } from './keep-alive';
import { section, word } from './syntax';

/** How HAProxy treats what an endpoint speaks: it translates between versions of HTTP and leaves everything else alone. */
export function mode({ protocol }: EndpointPlan): 'http' | 'tcp' {
  return protocol === 'https' || protocol === 'grpc' ? 'http' : 'tcp';
}

/** A condition that holds where the client asked for one of these names; a wildcard stands for exactly one label. */
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

/** Writes one event a TLS session, not one a request. */
const oneEventASession = [
  'http-request set-log-level silent if { var(sess.logged) -m bool }',
  'http-request set-var(sess.logged) bool(true)',
];

/** The frontend of an endpoint: who may come in, and by which TLS. */
export function frontend(endpoint: EndpointPlan, profile: ProfilePlan, haproxy: HaproxyPlan): string {
  endpoint.serverNames.forEach(word);
  const isHttp = mode(endpoint) === 'http';
  return section(`frontend ${word(endpoint.id)} from events`, [
    `mode ${mode(endpoint)}`,
    bindLine(endpoint, profile, haproxy),
    // A ticket of another endpoint could resume a session that never showed a certificate (RFC 8446, 4.6.1).
    endpoint.clientAuthentication === 'required' && 'tcp-request content reject unless { ssl_c_used 1 }',
    // A certificate may name more than the endpoint serves.
    `tcp-request content reject unless ${serverNameCondition(endpoint.serverNames)}`,
    ...(isHttp ? oneEventASession : [...keepAlive('clitcpka', endpoint), 'option logasap']),
    `timeout client ${word(endpoint.idleTimeoutSeconds)}s`,
    isHttp && `timeout http-keep-alive ${word(endpoint.idleTimeoutSeconds)}s`,
    `default_backend ${word(endpoint.id)}`,
  ]);
}
