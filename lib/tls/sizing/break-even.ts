import { choose } from './choice';
import type { Costs } from './costs';
import type { Load } from './option';

/** Where `auto` begins to choose hardware as the load grows. */
export interface BreakEven {
  /** New sessions a second at the site, of all endpoints together in today's mix. */
  readonly newSessionsPerSecond: number;
  /** The same as a multiple of the described load. */
  readonly factor: number;
}

/** The same load a number of times; open sessions grow with it. */
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

/** The smallest load from which on `auto` takes hardware, to a thousandth; nothing where it does not within a factor of 4,096. */
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
