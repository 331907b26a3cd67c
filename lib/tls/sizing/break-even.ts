import { choose } from './choice';
import type { Costs } from './costs';
import type { Load } from './option';

/** The load at which `auto` switches from software to hardware. */
export interface BreakEven {
  /** New sessions per second of all endpoints at the site, in the described mix. */
  readonly newSessionsPerSecond: number;
  /** The same load as a multiple of the described load. */
  readonly factor: number;
}

/** Multiplies a load, including its concurrent sessions, by a factor. */
export function scale(load: Load, factor: number): Load {
  const endpoints = load.endpoints.map((endpoint) => ({
    ...endpoint,
    peakNewSessionsPerSecond: endpoint.peakNewSessionsPerSecond * factor,
    concurrentSessions: Math.max(1, Math.ceil(endpoint.concurrentSessions * factor)),
  }));
  return { ...load, endpoints };
}

const lowestFactor = 2 ** -12;
const highestFactor = 2 ** 12;
const step = 2 ** 0.25;

/**
 * Finds the lowest load at which `auto` chooses hardware, to a relative precision of 0.001.
 *
 * Undefined if `auto` chooses hardware at no load up to 4,096 times the described one, or already at 1/4,096 of it.
 */
export function findBreakEven(load: Load, drivable: boolean, costs: Costs): BreakEven | undefined {
  const takesHardware = (factor: number) => choose(scale(load, factor), 'auto', drivable, costs).chosen?.acceleration === 'hardware';
  const described = load.endpoints.reduce((total, { peakNewSessionsPerSecond }) => total + peakNewSessionsPerSecond, 0);
  let low = lowestFactor;
  if (takesHardware(low)) return undefined;
  let high = low * step;
  while (!takesHardware(high)) {
    if (high > highestFactor) return undefined;
    low = high;
    high *= step;
  }
  while (high / low > 1.001) {
    const middle = Math.sqrt(low * high);
    if (takesHardware(middle)) high = middle;
    else low = middle;
  }
  return { newSessionsPerSecond: described * high, factor: high };
}
