import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBreakEven, scale } from '../../../lib/tls/sizing/break-even';
import { type Choice, choose, closest, isOption } from '../../../lib/tls/sizing/choice';
import { defaultCosts } from '../../../lib/tls/sizing/costs';
import { fleetOf } from '../../../lib/tls/sizing/fleet';
import { type Load, sizeTier } from '../../../lib/tls/sizing/option';
import { reasonOf } from '../../../lib/tls/sizing/reason';
import { cluster, devices, endpointOf, profileOf, region } from './load';

function loadWith(endpoint: Parameters<typeof endpointOf>[0], site = cluster): Load {
  return { endpoints: [endpointOf(endpoint)], profile: profileOf('strict'), site };
}

const heavy = {
  keyAlgorithms: ['rsa-4096' as const],
  peakNewSessionsPerSecond: 20_000,
  latencyBudget: { microseconds: 2_400, percentile: 0.99 },
};

function chosen(choice: Choice) {
  if (!choice.chosen) throw new Error('nothing was chosen');
  return choice.chosen;
}

describe('a fleet', () => {
  it('is the smallest that keeps the needed instances after the loss of a failure domain', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 2, max: 6 }), (needed, domains) => {
        const { instances, survivors, maxInstances } = fleetOf(needed, domains);
        const left = (count: number) => count - Math.ceil(count / domains);
        expect(instances).toBeGreaterThanOrEqual(2);
        expect(survivors).toBe(left(instances));
        expect(survivors).toBeGreaterThanOrEqual(needed);
        expect(instances === 2 || left(instances - 1) < needed).toBe(true);
        expect(maxInstances).toBe(instances + 1);
      }),
    );
  });
});

const key = fc.constantFrom('ecdsa-p256' as const, 'ecdsa-p384' as const, 'rsa-2048' as const, 'rsa-4096' as const);
const endpoint = fc.record({
  keyAlgorithms: key.map((one) => [one]),
  clientAuthentication: fc.constantFrom('none' as const, 'required' as const),
  peakNewSessionsPerSecond: fc.integer({ min: 1, max: 50_000 }),
  resumptionRatio: fc.double({ min: 0, max: 1, noNaN: true }),
  concurrentSessions: fc.integer({ min: 1, max: 100_000 }),
  latencyBudget: fc.record({ microseconds: fc.integer({ min: 3_000, max: 50_000 }), percentile: fc.constantFrom(0.5, 0.95, 0.99, 0.999) }),
});

describe('the size of a tier', () => {
  it.each(['software', 'hardware'] as const)('never shrinks in %s as the load grows', (acceleration) => {
    fc.assert(
      fc.property(endpoint, fc.constantFrom(cluster, region), fc.double({ min: 1, max: 20, noNaN: true }), (described, site, factor) => {
        const load = loadWith(described, site);
        const [less, more] = [sizeTier(load, acceleration, defaultCosts), sizeTier(scale(load, factor), acceleration, defaultCosts)];
        if (!('option' in less) || !('option' in more)) return;
        expect(more.option.fleet.instances).toBeGreaterThanOrEqual(less.option.fleet.instances);
      }),
      { numRuns: 60 },
    );
  });

  it('meets the target utilization and every latency budget after the loss of a failure domain', () => {
    fc.assert(
      fc.property(endpoint, fc.constantFrom(cluster, region), (described, site) => {
        const outcome = sizeTier(loadWith(described, site), 'software', defaultCosts);
        if (!('option' in outcome)) return;
        const { load, fleet, capacity } = outcome.option;
        expect(load.utilization).toBeLessThanOrEqual(defaultCosts.targetUtilization + 1e-6);
        for (const { microseconds, budgetMicroseconds } of load.latencies) expect(microseconds).toBeLessThanOrEqual(budgetMicroseconds);
        expect(fleet.survivors).toBeGreaterThanOrEqual(fleet.needed);
        expect(capacity.maxConnections).toBeGreaterThan(1.5 * described.concurrentSessions);
      }),
      { numRuns: 60 },
    );
  });

  it('takes larger machines if one cannot hold every session of the site, however many run', () => {
    const outcome = sizeTier(loadWith({ concurrentSessions: 100_000 }, region), 'software', defaultCosts);
    if (!('option' in outcome)) throw new Error('no option');
    const { shape, capacity, fleet } = outcome.option;
    expect(capacity.maxConnections).toBeGreaterThan(150_000);
    expect(capacity.memoryMebibytes).toBeLessThanOrEqual((shape.memoryMebibytes ?? 0) * 0.8);
    expect([shape.name, fleet.instances]).toEqual(['c7i.4xlarge', 2]);
    expect(sizeTier(loadWith({ concurrentSessions: 2_000_000 }, region), 'software', defaultCosts)).toMatchObject({
      obstacle: { kind: 'memory' },
    });
  });
});

describe('the acceleration mode auto', () => {
  it.each([cluster, region])('switches from software to hardware at the break-even load of site $id', (site) => {
    const load = loadWith(heavy, site);
    const crossing = findBreakEven(load, true, defaultCosts);
    if (!crossing) throw new Error('no crossing');
    const at = (factor: number) => chosen(choose(scale(load, crossing.factor * factor), 'auto', true, defaultCosts)).acceleration;
    expect(at(0.995)).toBe('software');
    expect(at(1)).toBe('hardware');
    expect(crossing.newSessionsPerSecond).toBeCloseTo(20_000 * crossing.factor, 6);
  });

  it('chooses the cheapest option that meets the budget at any load', () => {
    fc.assert(
      fc.property(endpoint, fc.constantFrom(cluster, region), (described, site) => {
        const choice = choose(loadWith(described, site), 'auto', true, defaultCosts);
        const costs = [choice.software, choice.hardware].filter(isOption).map(({ costInCores }) => costInCores);
        expect(choice.chosen?.costInCores).toBe(costs.length > 0 ? Math.min(...costs) : undefined);
      }),
      { numRuns: 60 },
    );
  });

  it('chooses hardware if only hardware meets the budget, and states the latency of software', () => {
    const choice = choose(loadWith({ ...heavy, latencyBudget: { microseconds: 1_790, percentile: 0.99 } }), 'auto', true, defaultCosts);
    expect(chosen(choice).acceleration).toBe('hardware');
    expect(reasonOf(choice, chosen(choice))).toMatch(
      /^hardware: \d+ instances .*; software is out: handshakes take 1,826 of 1,790 microseconds$/,
    );
  });

  it('names the lowest budget that can be met, and then meets it', () => {
    fc.assert(
      fc.property(endpoint, fc.integer({ min: 1, max: 340 }), (described, microseconds) => {
        const tight = (budget: number) => loadWith({ ...described, latencyBudget: { ...described.latencyBudget, microseconds: budget } });
        const refused = choose(tight(microseconds), 'auto', true, defaultCosts);
        expect(refused.chosen).toBeUndefined();
        const nearest = closest(refused)?.[0]?.microseconds ?? 0;
        expect(chosen(choose(tight(nearest), 'auto', true, defaultCosts)).load.latencies[0]?.microseconds).toBeLessThanOrEqual(nearest);
      }),
      { numRuns: 40 },
    );
  });

  it('rules out hardware without a driver, without devices, and under FIPS', () => {
    const kinds = [
      choose(loadWith(heavy), 'auto', false, defaultCosts),
      choose(loadWith(heavy, { ...cluster, hardware: undefined }), 'auto', true, defaultCosts),
      choose({ ...loadWith(heavy), profile: profileOf('fips') }, 'auto', true, defaultCosts),
    ].map(({ hardware }) => (isOption(hardware) ? 'option' : hardware.kind));
    expect(kinds).toEqual(['not-drivable', 'none-offered', 'fips']);
  });

  it('counts the devices of the surge instance', () => {
    const scarce = (nodesPerFailureDomain: number) =>
      loadWith({ keyAlgorithms: ['rsa-4096'] }, { ...cluster, hardware: { ...devices, nodesPerFailureDomain, devicesPerNode: 1 } });
    const kind = (nodes: number) => {
      const { hardware } = choose(scarce(nodes), 'hardware', true, defaultCosts);
      return isOption(hardware) ? hardware.fleet.instances : hardware.kind;
    };
    expect(kind(1)).toBe('devices');
    expect(kind(2)).toBe(2);
  });
});
