import type { EndpointPlan } from '../../zones/plan-schema';
import type { HaproxyPlan, ProfilePlan } from '../plan-schema';
import { bindLine } from './bind';
import { keepAlive } from './keep-alive';
import { limits } from './limits';
import { requestRules } from './request';
import { serverNameCondition } from './server-names';
import { section, word } from './syntax';

/** HAProxy mode of an endpoint: `http` lets HAProxy translate between HTTP versions, `tcp` passes bytes unchanged. */
export function mode({ protocol }: EndpointPlan): 'http' | 'tcp' {
  return protocol === 'https' || protocol === 'grpc' ? 'http' : 'tcp';
}

/** Name of the condition that the client requested a name of the endpoint by SNI. */
const requestedName = 'name.served';

/** Directives that log one event per TLS session instead of one per request. */
const oneEventPerSession = [
  'http-request set-log-level silent if { var(sess.logged) -m bool }',
  'http-request set-var(sess.logged) bool(true)',
];

/** Renders the `frontend` section of an endpoint: its TLS parameters, and the clients that it accepts. */
export function frontend(endpoint: EndpointPlan, profile: ProfilePlan, haproxy: HaproxyPlan): string {
  const isHttp = mode(endpoint) === 'http';
  return section(`frontend ${word(endpoint.id)} from events`, [
    `mode ${mode(endpoint)}`,
    bindLine(endpoint, profile, haproxy),
    ...limits(endpoint),
    // A ticket of another endpoint could resume a session in which the client never presented a certificate (RFC 8446, 4.6.1).
    endpoint.clientAuthentication === 'required' && 'tcp-request content reject unless { ssl_c_used 1 }',
    // The certificate may contain names that the endpoint does not serve.
    ...serverNameCondition(requestedName, 'ssl_fc_sni', endpoint.serverNames),
    `tcp-request content reject unless ${requestedName}`,
    ...(isHttp ? [...oneEventPerSession, ...requestRules(endpoint)] : [...keepAlive('clitcpka', endpoint), 'option logasap']),
    `timeout client ${word(endpoint.idleTimeoutSeconds)}s`,
    isHttp && `timeout http-keep-alive ${word(endpoint.idleTimeoutSeconds)}s`,
    `default_backend ${word(endpoint.id)}`,
  ]);
}
