import type { TierPlan } from '../plan-schema';
import { tierName } from './context';

/** Window over which sessions and processor time are counted: four scrapes at 30 seconds, two of which may be missing. */
export const costWindow = '2m';

/** Difference in processor time, in seconds, that the sessions of a window must make between devices and no devices to exceed the noise of other work. */
const significantSeconds = 1;

/** Share of the planned session rate below which other work hides the cost of a session under steady load. */
const leastLoad = 0.1;

/** PromQL expressions that match instances whose sessions cost as much processor time as without devices. */
export interface CostExpressions {
  /** For bursts of sessions, such as after a trading halt: compares with the processor time of the window before. */
  readonly burst: string;
  /** For steady load. */
  readonly steady: string;
}

/** PromQL selector of a metric of a zone's instances. */
export function seriesOf(zone: string, metric: string, ...labels: readonly string[]): string {
  return `${metric}{${[`namespace="${zone}"`, `pod=~"${tierName}-.+"`, ...labels].join(',')}}`;
}

function count(series: string): string {
  return `sum by (pod) (increase(${series}[${costWindow}]))`;
}

function growth(series: string): string {
  return `(${count(series)} - sum by (pod) (increase(${series}[${costWindow}] offset ${costWindow})))`;
}

/**
 * Compares the cost of a session with the midpoint between its planned costs with and without devices; undefined for a software tier.
 *
 * It counts sessions of frontends, because HAProxy's count of TLS connections includes connections to servers.
 */
export function costExpressions({ zone, instances, sizing }: TierPlan): CostExpressions | undefined {
  if (sizing?.softwareMicroseconds === undefined) return undefined;
  const processor = seriesOf(zone, 'container_cpu_usage_seconds_total', 'container="haproxy"');
  const sessions = seriesOf(zone, 'haproxy_frontend_sessions_total', 'proxy!~"diptych[.].+"');
  const halfwaySeconds = (sizing.serviceMicroseconds + sizing.softwareMicroseconds) / 2 / 1e6;
  const differenceSeconds = (sizing.softwareMicroseconds - sizing.serviceMicroseconds) / 2 / 1e6;
  const leastSessions = Math.ceil(significantSeconds / differenceSeconds);
  const leastRate = Math.ceil((leastLoad * sizing.newSessionsPerSecond) / instances);
  const rate = `sum by (pod) (rate(${sessions}[${costWindow}]))`;
  return {
    burst: `${growth(processor)} / ${growth(sessions)} > ${halfwaySeconds} and ${growth(sessions)} > ${leastSessions}`,
    steady: `${count(processor)} / ${count(sessions)} > ${halfwaySeconds} and ${rate} > ${leastRate}`,
  };
}
