import type { TierPlan } from '../plan-schema';
import { tierName } from './context';

/** What a session costs the instances of a zone in processor time, by which one sees whether devices work: in the language of Prometheus. */

/** Time over which sessions and processor time are counted: four scrapes of half a minute, of which two may be lost. */
export const costWindow = '2m';

/** Processor time by which a count of sessions must set devices apart from none, in seconds: less drowns in an instance's other work. */
const clearSeconds = 1;

/** Share of the planned rate of sessions below which other work hides what a session costs, while the load is steady. */
const leastLoad = 0.1;

/** Expressions of what holds where sessions cost as if there were no devices. */
export interface CostExpressions {
  /** In a burst of sessions, such as after a halt: by what it adds to the processor time of the window before. */
  readonly burst: string;
  /** Under a steady load. */
  readonly steady: string;
}

/** Selects the series of a zone's instances. */
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
 * Sessions dearer than halfway between with and without devices; nothing for a tier that was not sized for devices.
 *
 * Sessions are those of the endpoints: HAProxy's count of TLS connections holds those to its servers as well.
 */
export function costExpressions({ zone, instances, sizing }: TierPlan): CostExpressions | undefined {
  if (sizing?.softwareMicroseconds === undefined) return undefined;
  const processor = seriesOf(zone, 'container_cpu_usage_seconds_total', 'container="haproxy"');
  const sessions = seriesOf(zone, 'haproxy_frontend_sessions_total', 'proxy!~"diptych[.].+"');
  const halfwaySeconds = (sizing.serviceMicroseconds + sizing.softwareMicroseconds) / 2 / 1e6;
  const differenceSeconds = (sizing.softwareMicroseconds - sizing.serviceMicroseconds) / 2 / 1e6;
  const leastSessions = Math.ceil(clearSeconds / differenceSeconds);
  const leastRate = Math.ceil((leastLoad * sizing.newSessionsPerSecond) / instances);
  const rate = `sum by (pod) (rate(${sessions}[${costWindow}]))`;
  return {
    burst: `${growth(processor)} / ${growth(sessions)} > ${halfwaySeconds} and ${growth(sessions)} > ${leastSessions}`,
    steady: `${count(processor)} / ${count(sessions)} > ${halfwaySeconds} and ${rate} > ${leastRate}`,
  };
}
