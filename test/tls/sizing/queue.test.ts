import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangC, meanWait, type Queue, waitAt, waitOf, waitsLonger } from '../../../lib/tls/sizing/queue';
import { momentsOf, serviceAt, sojournAt } from '../../../lib/tls/sizing/sojourn';
import { exponential, interval, mean, quantile, runs, type SimulatedQueue, simulate } from './simulation';

const serviceMicroseconds = 500;

function markovian(servers: number, busy: number): { model: Queue; simulated: SimulatedQueue } {
  const arrivalsPerSecond = (busy * servers * 1e6) / serviceMicroseconds;
  return {
    model: { arrivalsPerSecond, servers, meanServiceMicroseconds: serviceMicroseconds, squaredVariation: 1 },
    simulated: { interarrival: 1e6 / arrivalsPerSecond, servers, service: (random) => exponential(random, serviceMicroseconds) },
  };
}

describe('the wait in an M/M/c queue', () => {
  it.each([
    [1, 0.5],
    [2, 0.65],
    [4, 0.8],
    [16, 0.8],
  ])('has mean and percentile within the 99% confidence interval of the simulation with %i servers at utilization %f', (servers, busy) => {
    const { model, simulated } = markovian(servers, busy);
    const waits = Array.from({ length: runs }, (_, run) => simulate(simulated, 1_000 + run, 60_000).waits);
    const within = (value: number, { low, high }: ReturnType<typeof interval>) => {
      expect(value).toBeGreaterThan(low);
      expect(value).toBeLessThan(high);
    };
    const wait = waitOf(model);
    within(meanWait(wait), interval(waits.map((run) => mean(run))));
    within(wait.probability, interval(waits.map((run) => mean(run.map((time) => Number(time > 1e-9))))));
    within(waitAt(wait, 0.99), interval(waits.map((run) => quantile(run, 0.99))));
  });

  it('equals the closed form for one server', () => {
    const { model } = markovian(1, 0.75);
    expect(erlangC(1, 0.75)).toBeCloseTo(0.75, 12);
    expect(meanWait(waitOf(model))).toBeCloseTo((0.75 / 0.25) * serviceMicroseconds, 6);
  });

  it('matches Erlang tables', () => {
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12);
    expect(erlangC(10, 7)).toBeCloseTo(0.2217, 4);
  });
});

interface Mix {
  readonly name: string;
  readonly full: number;
  readonly resumed: number;
  readonly ratio: number;
  readonly servers: number;
  readonly busy: number;
  readonly budget: number;
}

const mixes: readonly Mix[] = [
  { name: 'P-256, half resumed', full: 421, resumed: 360, ratio: 0.5, servers: 2, busy: 0.65, budget: 10_000 },
  { name: 'RSA-2048 with client certificates', full: 954, resumed: 360, ratio: 0.7, servers: 4, busy: 0.8, budget: 6_000 },
  { name: 'RSA-4096 with client certificates', full: 2_152, resumed: 360, ratio: 0.1, servers: 16, busy: 0.8, budget: 4_000 },
  { name: 'RSA-4096, mostly resumed', full: 1_826, resumed: 360, ratio: 0.9, servers: 8, busy: 0.5, budget: 4_000 },
  { name: 'RSA-4096, mostly resumed, on one server', full: 1_826, resumed: 190, ratio: 0.9, servers: 1, busy: 0.8, budget: 30_000 },
  { name: 'a fleet of threads', full: 701, resumed: 360, ratio: 0.3, servers: 64, busy: 0.8, budget: 1_500 },
];

describe.each(mixes)('a mix of full and resumed handshakes: $name', ({ full, resumed, ratio, servers, busy, budget }) => {
  const service = ratio * resumed + (1 - ratio) * full;
  const perSecond = (busy * servers * 1e6) / service;
  const classes = [
    { perSecond: perSecond * (1 - ratio), microseconds: full },
    { perSecond: perSecond * ratio, microseconds: resumed },
  ];
  const { meanMicroseconds, squaredVariation } = momentsOf(classes);
  const wait = waitOf({ arrivalsPerSecond: perSecond, servers, meanServiceMicroseconds: meanMicroseconds, squaredVariation });
  const queue: SimulatedQueue = { interarrival: 1e6 / perSecond, servers, service: (random) => (random() < ratio ? resumed : full) };
  const served = Array.from({ length: runs }, (_, run) => simulate(queue, 7_000 + run, 25_000));

  it('has the mean wait of the simulation within 10% or 20 microseconds', () => {
    const simulated = mean(served.map((run) => mean(run.waits)));
    expect(Math.abs(meanWait(wait) - simulated)).toBeLessThan(Math.max(20, 0.1 * simulated));
  });

  it('has no predicted percentile that the simulation exceeds by more than 5% of the budget', () => {
    const sojourns = served.flatMap((run) => [...run.sojourns]);
    for (const percentile of [0.5, 0.9, 0.99])
      expect(sojournAt(classes, wait, percentile)).toBeGreaterThan(quantile(sojourns, percentile) - 0.05 * budget);
  });
});

const classes = fc
  .array(fc.record({ perSecond: fc.double({ min: 0.1, max: 1e4, noNaN: true }), microseconds: fc.integer({ min: 50, max: 5_000 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .filter((list) => list.length > 0);

describe('the queueing formulas', () => {
  it('give a longer wait at a higher utilization', () => {
    const load = fc.double({ min: 0.01, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        load,
        load,
        fc.double({ min: 0, max: 3, noNaN: true }),
        (servers, one, other, variation) => {
          const at = (busy: number) => waitOf({ ...markovian(servers, busy).model, squaredVariation: variation });
          const [low, high] = [Math.min(one, other), Math.max(one, other)];
          expect(meanWait(at(low))).toBeLessThanOrEqual(meanWait(at(high)) + 1e-9);
        },
      ),
    );
  });

  it('never give less than the service time, and more for a higher percentile', () => {
    fc.assert(
      fc.property(
        classes,
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (mix, busy, percentile) => {
          const { perSecond, meanMicroseconds, squaredVariation } = momentsOf(mix);
          const servers = Math.max(1, Math.ceil((perSecond * meanMicroseconds) / 1e6 / busy));
          const wait = waitOf({ arrivalsPerSecond: perSecond, servers, meanServiceMicroseconds: meanMicroseconds, squaredVariation });
          const time = sojournAt(mix, wait, percentile);
          expect(time).toBeGreaterThanOrEqual(serviceAt(mix, percentile) - 1e-9);
          expect(sojournAt(mix, wait, 0.9999)).toBeGreaterThanOrEqual(time - 1);
        },
      ),
    );
  });

  it('let the share of arrivals beyond a percentile wait longer than the percentile', () => {
    const wait = waitOf(markovian(4, 0.8).model);
    expect(waitsLonger(wait, waitAt(wait, 0.99))).toBeCloseTo(0.01, 10);
    expect(waitsLonger(wait, -1)).toBe(1);
  });

  it('give no steady state for a utilization of 1 or more', () => {
    const wait = waitOf(markovian(4, 1).model);
    expect(meanWait(wait)).toBe(Number.POSITIVE_INFINITY);
    expect(sojournAt([{ perSecond: 1, microseconds: 1 }], wait, 0.99)).toBe(Number.POSITIVE_INFINITY);
  });
});
