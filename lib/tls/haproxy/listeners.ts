import { healthPort, metricsPort } from '../../core/ports';
import { healthPath } from './container';
import { section } from './syntax';

/** Sections whose names no endpoint can have: an id holds no dot. */

/** Answers health checks: 200 while the instance serves, 503 once it is stopping. */
export function healthListener(): string {
  return section('frontend diptych.health from common', [
    'mode http',
    `bind *:${healthPort}`,
    'timeout client 5s',
    `monitor-uri ${healthPath}`,
    'monitor fail if { stopping }',
    'http-request reject',
  ]);
}

/** Serves the metrics, those of the TLS module included. */
export function metricsListener(): string {
  return section('frontend diptych.metrics from common', [
    'mode http',
    `bind *:${metricsPort}`,
    'timeout client 30s',
    'http-request use-service prometheus-exporter if { path /metrics }',
    'http-request reject',
  ]);
}
