import { type Wait, waitsLonger } from './queue';

/** Handshakes of one kind: rate per second, and service time of each in microseconds. */
export interface ServiceClass {
  readonly perSecond: number;
  readonly microseconds: number;
}

/**
 * Computes mean and squared coefficient of variation of the service time of a mix of handshakes.
 *
 * @example
 * momentsOf([{ perSecond: 10, microseconds: 100 }, { perSecond: 10, microseconds: 300 }]);
 * // { perSecond: 20, meanMicroseconds: 200, squaredVariation: 0.25 }
 */
export function momentsOf(classes: readonly ServiceClass[]): { perSecond: number; meanMicroseconds: number; squaredVariation: number } {
  const perSecond = sum(classes.map((one) => one.perSecond));
  if (perSecond === 0) return { perSecond, meanMicroseconds: 0, squaredVariation: 0 };
  const meanMicroseconds = sum(classes.map((one) => one.perSecond * one.microseconds)) / perSecond;
  const second = sum(classes.map((one) => one.perSecond * one.microseconds ** 2)) / perSecond;
  return { perSecond, meanMicroseconds, squaredVariation: Math.max(0, second / meanMicroseconds ** 2 - 1) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Percentile of the service time, in microseconds: the latency without any queueing. */
export function serviceAt(classes: readonly ServiceClass[], percentile: number): number {
  const total = sum(classes.map(({ perSecond }) => perSecond));
  const ascending = [...classes].sort((one, other) => one.microseconds - other.microseconds);
  let covered = 0;
  for (const { perSecond, microseconds } of ascending) {
    covered += perSecond / total;
    if (covered >= percentile - 1e-12) return microseconds;
  }
  return ascending.at(-1)?.microseconds ?? 0;
}

/**
 * Percentile of the sojourn time, in microseconds. In queueing theory, that is the wait plus the service time.
 *
 * The wait is independent of the service time that follows, so both distributions are convolved; bisection finds the percentile.
 */
export function sojournAt(classes: readonly ServiceClass[], wait: Wait, percentile: number): number {
  const total = sum(classes.map(({ perSecond }) => perSecond));
  if (total === 0 || !Number.isFinite(wait.conditionalMeanMicroseconds)) return total === 0 ? 0 : Number.POSITIVE_INFINITY;
  const exceeds = (time: number) =>
    sum(classes.map(({ perSecond, microseconds }) => (perSecond / total) * waitsLonger(wait, time - microseconds)));
  let low = serviceAt(classes, percentile);
  if (exceeds(low) <= 1 - percentile) return low;
  let high =
    Math.max(...classes.map(({ microseconds }) => microseconds)) + wait.conditionalMeanMicroseconds * Math.log(1 / (1 - percentile));
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (exceeds(middle) > 1 - percentile) low = middle;
    else high = middle;
  }
  return high;
}
