import { seeded } from '../../support/seeded';

/** A discrete-event simulation of M/G/c that shares no code and no formula with the sizing model. */

export function exponential(random: () => number, mean: number): number {
  return -mean * Math.log(1 - random());
}

/** Serves arrivals in their order by whichever server is free first, and says when each begins. */
export function begins(arrivals: Float64Array, services: Float64Array, servers: number): Float64Array {
  const freeAt = new Float64Array(servers);
  return arrivals.map((at, index) => {
    let first = 0;
    for (let server = 1; server < servers; server++) if ((freeAt[server] ?? 0) < (freeAt[first] ?? 0)) first = server;
    const begin = Math.max(at, freeAt[first] ?? 0);
    freeAt[first] = begin + (services[index] ?? 0);
    return begin;
  });
}

/** What a simulated queue is made of: the mean time between arrivals and how each service time is drawn. */
export interface SimulatedQueue {
  readonly interarrival: number;
  readonly servers: number;
  readonly service: (random: () => number) => number;
}

/** What the arrivals of a run met, without its beginning. */
export interface Run {
  readonly waits: Float64Array;
  readonly sojourns: Float64Array;
}

const warmUp = 5_000;

/** Arrival and service times of a run with its beginning. */
export function draw({ interarrival, service }: SimulatedQueue, seed: number, count: number) {
  const random = seeded(seed);
  let at = 0;
  const arrivals = new Float64Array(warmUp + count);
  const services = arrivals.map((_, index) => {
    at += exponential(random, interarrival);
    arrivals[index] = at;
    return service(random);
  });
  return { arrivals, services };
}

/** One run of a queue. */
export function simulate(queue: SimulatedQueue, seed: number, count: number): Run {
  const { arrivals, services } = draw(queue, seed, count);
  const waits = begins(arrivals, services, queue.servers).map((begin, index) => begin - (arrivals[index] ?? 0));
  const sojourns = waits.map((wait, index) => wait + (services[index] ?? 0));
  return { waits: waits.subarray(warmUp), sojourns: sojourns.subarray(warmUp) };
}

type Values = readonly number[] | Float64Array;

export function mean(values: Values): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

/** The value that a share of all does not exceed. */
export function quantile(values: Values, share: number): number {
  return Float64Array.from(values).sort()[Math.ceil(values.length * share) - 1] ?? 0;
}

/** 0.995 quantile of Student's t with 19 degrees of freedom: for twenty independent runs. */
const student = 2.861;
export const runs = 20;

/** The 99 % confidence interval of what was measured in twenty independent runs. */
export function interval(measured: readonly number[]): { low: number; high: number } {
  const middle = mean(measured);
  const deviation = Math.sqrt(measured.reduce((total, value) => total + (value - middle) ** 2, 0) / (measured.length - 1));
  const half = (student * deviation) / Math.sqrt(measured.length);
  return { low: middle - half, high: middle + half };
}
