import type { EndpointPlan } from '../../zones/plan-schema';
import { admittedSessions, frontendConnections } from '../connections';
import { acl } from './acl';
import { samplePeriodSeconds } from './event-log';
import { word } from './syntax';

/** Period over which the new connections of an address are counted, in seconds, so that a reconnect of many clients is not refused. */
const ratePeriodSeconds = 10;

/** Name of the condition that a client is an external. */
const external = 'client.external';

/** Limits for each address of externals. They apply before the handshake, so that refused connections cost no cryptography. */
function addressLimits({ perExternalAddress }: EndpointPlan): string[] {
  if (!perExternalAddress) return [];
  const { cidrs, concurrentSessions, newSessionsPerSecond } = perExternalAddress;
  const connections = Math.ceil(newSessionsPerSecond * ratePeriodSeconds);
  return [
    ...acl(external, 'src', cidrs),
    `tcp-request connection reject if ${external} { sc0_conn_cur gt ${word(admittedSessions(concurrentSessions))} }`,
    `tcp-request connection reject if ${external} { sc0_conn_rate gt ${word(connections)} }`,
  ];
}

/**
 * Renders the limits of an endpoint: sessions beyond its number are refused at once, and cannot use the connections of other endpoints,
 * of health checks or of metrics.
 *
 * Beyond `maxconn`, HAProxy would leave connections in the backlog, where clients wait for an answer that never comes.
 */
export function limits(endpoint: EndpointPlan): string[] {
  return [
    `maxconn ${word(frontendConnections(endpoint))}`,
    `stick-table type ip size 64k expire 10m store conn_cur,conn_rate(${ratePeriodSeconds}s),gpc0,gpc0_rate(${samplePeriodSeconds}s)`,
    `tcp-request connection reject if { fe_conn gt ${word(admittedSessions(endpoint.concurrentSessions))} }`,
    'tcp-request connection track-sc0 src',
    ...addressLimits(endpoint),
  ];
}
