import { describe, expect, it } from 'vitest';
import { defaultCosts } from '../../../lib/tls/sizing/costs';
import { demandOf } from '../../../lib/tls/sizing/handshake';
import { loadOf, type Shape } from '../../../lib/tls/sizing/instance';
import { seeded } from '../../support/seeded';
import { endpointOf, profileOf } from './load';
import { begins, draw, quantile } from './simulation';

/** An instance that hands signatures to a device, simulated: processors, then the device, then the fetching of its result. */
function sojournsWithDevice(
  processor: number,
  device: number,
  parallel: number,
  fetching: number,
  threads: number,
  perSecond: number,
  seed: number,
) {
  const random = seeded(seed + 1);
  const { arrivals, services } = draw({ interarrival: 1e6 / perSecond, servers: threads, service: () => processor }, seed, 100_000);
  const leaving = begins(arrivals, services, threads).map((begin) => begin + processor);
  // One service time for all: what arrives first leaves the processors first.
  const atDevice = begins(
    leaving,
    leaving.map(() => device),
    parallel,
  );
  return atDevice.map((begin, index) => begin + device + random() * fetching - (arrivals[index] ?? 0)).subarray(5_000);
}

describe('an instance with devices', () => {
  const endpoint = endpointOf({
    keyAlgorithms: ['rsa-2048'],
    peakNewSessionsPerSecond: 14_000,
    latencyBudget: { microseconds: 5_000, percentile: 0.99 },
  });
  const demand = demandOf(endpoint, profileOf('strict'), 'hardware', defaultCosts);
  const shape: Shape = { name: '8 cores and 1 device', cores: 8, threads: 8, devices: 1, costInCores: 12 };

  it.each([0.3, 0.6, 1])(
    'is promised no percentile that its simulation misses by a twentieth of the budget, at %f of the load',
    (share) => {
      const load = loadOf([demand], shape, share, defaultCosts);
      const operation = defaultCosts.device.signatures['rsa-2048'];
      const parallel = Math.floor((operation?.perSecond ?? 0) * ((operation?.microseconds ?? 0) / 1e6));
      const simulated = sojournsWithDevice(
        demand.full.processorMicroseconds,
        operation?.microseconds ?? 0,
        parallel,
        load.device?.retrievalMicroseconds ?? 0,
        shape.threads,
        14_000 * share,
        11,
      );
      const promised = load.latencies[0]?.microseconds ?? 0;
      expect(promised).toBeGreaterThan(quantile(simulated, 0.99) - 0.05 * 5_000);
    },
  );

  it('has a higher latency than software at low load, and a lower processor utilization', () => {
    const software = demandOf(endpoint, profileOf('strict'), 'software', defaultCosts);
    const [slow, fast] = [loadOf([demand], shape, 0.001, defaultCosts), loadOf([software], { ...shape, devices: 0 }, 0.001, defaultCosts)];
    expect(slow.latencies[0]?.microseconds).toBeGreaterThan(fast.latencies[0]?.microseconds ?? 0);
    expect(slow.utilization).toBeLessThan(fast.utilization);
  });

  it('retrieves results faster at higher rates', () => {
    const at = (share: number) => loadOf([demand], shape, share, defaultCosts).device?.retrievalMicroseconds ?? 0;
    expect(at(0.1)).toBe(defaultCosts.device.retrievalMicroseconds);
    expect(at(10)).toBeLessThan(at(1));
  });
});

describe('the cost of a handshake', () => {
  const full = (endpoint: Parameters<typeof endpointOf>[0], profile: Parameters<typeof profileOf>[0] = 'strict') =>
    demandOf(endpointOf(endpoint), profileOf(profile), 'software', defaultCosts).full.processorMicroseconds;

  it('equals the measured costs', () => {
    expect(full({ keyAlgorithms: ['ecdsa-p256'] })).toBe(421);
    expect(full({ keyAlgorithms: ['rsa-2048'] })).toBe(628);
    expect(full({ keyAlgorithms: ['ecdsa-p256'] }, 'hybrid-pq')).toBe(468);
    expect(full({ keyAlgorithms: ['ecdsa-p256'], clientAuthentication: 'required' })).toBe(747);
    expect(demandOf(endpointOf({}), profileOf('strict'), 'software', defaultCosts).resumed.processorMicroseconds).toBe(360);
  });

  it('is that of the most expensive certificate if there are several', () => {
    expect(full({ keyAlgorithms: ['ecdsa-p256', 'rsa-4096'] })).toBe(full({ keyAlgorithms: ['rsa-4096'] }));
  });

  it('is that of a full handshake for every session if the profile has no tickets', () => {
    const { fullPerSecond, resumedPerSecond } = demandOf(
      endpointOf({ resumptionRatio: 0.9 }),
      profileOf('cnsa2'),
      'software',
      defaultCosts,
    );
    expect([fullPerSecond, resumedPerSecond]).toEqual([100, 0]);
  });
});
