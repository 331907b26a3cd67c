import { describe, expect, it } from 'vitest';
import { planMarkdown } from '../../../lib/estate/summary/plan-markdown';
import { renderConfiguration } from '../../../lib/tls/haproxy/configuration';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import type { EndpointPlan, ZonePlan } from '../../../lib/zones/plan-schema';
import { planned, twoSites } from '../../fixtures/two-sites';

type Estate = ReturnType<typeof twoSites>;

function varied(load: object, change: (estate: Estate) => void = () => undefined) {
  const raw = twoSites();
  Object.assign(raw.zones.orders.endpoints.fix, load);
  change(raw);
  return planned(raw);
}

function fixOf(plan: ReturnType<typeof planned>): EndpointPlan[] {
  return plan.sites.flatMap(({ zones }) => zones.flatMap(({ endpoints }) => endpoints.filter(({ id }) => id === 'fix')));
}

describe('the concurrent sessions of an endpoint', () => {
  it.each([
    [{}, 1_000],
    [{ peakNewSessionsPerSecond: 4_000 }, 80_000],
    [{ peakNewSessionsPerSecond: 4_000, concurrentSessions: 5_000 }, 5_000],
    [{ peakNewSessionsPerSecond: 0.5 }, 1_000],
  ])('follow from the peak unless they are declared: %j', (load, expected) => {
    for (const { concurrentSessions } of fixOf(varied(load))) expect(concurrentSessions).toBe(expected);
  });

  it('decide the limit of the frontend, with the same text at every site', () => {
    const plan = varied({ peakNewSessionsPerSecond: 4_000 });
    const limits = plan.sites.map(({ zones, tiers }) => {
      const zone = zones.find(({ id }) => id === 'orders') as ZonePlan;
      const tier = tiers.find((one) => one.zone === 'orders') as TierPlan;
      expect(tier.maxConnections).toBeGreaterThan(120_000);
      return /^frontend fix [\s\S]*?^ {4}maxconn (\d+)$/m.exec(renderConfiguration(zone, tier, plan.haproxy))?.[1];
    });
    expect(limits).toEqual(['120128', '120128']);
  });

  it('are marked in plan.md if they were assumed, with the rest of the load', () => {
    const row = (load: object) => {
      const [, section = ''] = planMarkdown(varied(load)).split('### Load of the endpoints');
      return section.split('\n').find((line) => line.startsWith('| orders/fix '));
    };
    expect(row({})).toContain('| 50 (assumed) | 0 (assumed) | 1000 (assumed) | 50000 at 0.99 (assumed) | 1500 |');
    expect(row({ peakNewSessionsPerSecond: 70, resumptionRatio: 0.5 })).toContain('| 70 | 0.5 | 1400 (assumed) |');
  });
});

describe('the limits for each address of an external', () => {
  const limitsOf = (load: object, change?: (estate: Estate) => void) => fixOf(varied(load, change)).map((one) => one.perExternalAddress);
  const external =
    (cidrs: string[], more: object = {}) =>
    (estate: Estate) => {
      Object.assign(estate.externals, { broker: { cidrs, ...more } });
      Object.assign(estate.zones.orders, { allowFrom: { broker: {} } });
    };

  it('are half of those of the endpoint, at every site of the zone', () => {
    const limits = limitsOf(
      { concurrentSessions: 3_000, peakNewSessionsPerSecond: 200 },
      external(['203.0.113.0/25'], { sites: ['cloud'] }),
    );
    const expected = { cidrs: ['203.0.113.0/25'], concurrentSessions: 1_500, newSessionsPerSecond: 100 };
    expect(limits).toEqual([expected, expected]);
  });

  it('are those of the endpoint if there is one address only', () => {
    const [limit] = limitsOf({ concurrentSessions: 3_000, peakNewSessionsPerSecond: 200 }, external(['203.0.113.7/32']));
    expect(limit).toMatchObject({ concurrentSessions: 3_000, newSessionsPerSecond: 200 });
  });

  it('are those that the endpoint declares', () => {
    const [limit] = limitsOf({ perExternalAddress: { newSessionsPerSecond: 7 } }, external(['203.0.113.0/25']));
    expect(limit).toMatchObject({ concurrentSessions: 500, newSessionsPerSecond: 7 });
  });

  it('do not exist if no external may connect', () => {
    const limits = limitsOf({}, (estate) => Object.assign(estate.zones.orders, { allowFrom: {} }));
    expect(limits).toEqual([undefined, undefined]);
  });
});
