import { healthPort, metricsPort } from '../../core/ports';
import { listenerConnections } from '../connections';
import { environment, healthPath } from './container';
import { section } from './syntax';

/**
 * Renders the directives that end HAProxy if its environment has no address, because it would listen on every address then.
 *
 * An instance may have further networks, to which health and metrics must not be open.
 */
export const requireAddress = `.if streq("$${environment.address}","")
.alert "${environment.address} must be the address of the instance"
.endif
`;

const bind = (port: number) => `bind "\${${environment.address}}:${port}"`;

/**
 * Renders the listener for health checks, which answers 200 while the instance serves and 503 once it is stopping.
 *
 * The section names contain a dot, so they cannot collide with the id of an endpoint.
 */
export function healthListener(): string {
  return section('frontend diptych.health from common', [
    'mode http',
    bind(healthPort),
    `maxconn ${listenerConnections.health}`,
    'timeout client 5s',
    `monitor-uri ${healthPath}`,
    'monitor fail if { stopping }',
    'http-request reject',
  ]);
}

/** Renders the listener for Prometheus metrics. */
export function metricsListener(): string {
  return section('frontend diptych.metrics from common', [
    'mode http',
    bind(metricsPort),
    `maxconn ${listenerConnections.metrics}`,
    'timeout client 30s',
    'http-request use-service prometheus-exporter if { path /metrics }',
    'http-request reject',
  ]);
}
