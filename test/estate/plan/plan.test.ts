import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCodeUnit } from '../../../lib/core/order';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import { planned, plannedTwoSites, twoSites } from '../../fixtures/two-sites';

type Raw = Record<string, unknown>;

/** The same description with the keys of every map in another order. */
function shuffled(value: unknown, order: (keys: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
  if (typeof value !== 'object' || value === null) return value;
  const map = value as Raw;
  return Object.fromEntries(order(Object.keys(map)).map((key) => [key, shuffled(map[key], order)]));
}

function zoneAt(plan: EstatePlan, siteId: string, zoneId: string) {
  return plan.sites.find(({ id }) => id === siteId)?.zones.find(({ id }) => id === zoneId);
}

const newcomer = (slot: number) => ({
  purpose: 'market-data',
  criticality: 'high',
  sites: ['frankfurt', 'cloud'],
  slot,
  endpoints: {
    feed: {
      port: 7443,
      serverNames: ['feed.example.com'],
      protocol: 'tcp',
      backend: { port: 7000, servers: { frankfurt: { a: '10.50.3.1' }, cloud: { a: '10.90.0.1' } } },
    },
  },
  allowFrom: { risk: {} },
});

describe('planning an estate', () => {
  it('an estate has the same plan for any order of keys', () => {
    const expected = JSON.stringify(plannedTwoSites());
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 64, maxLength: 64 }), (weights) => {
        let draw = 0;
        const order = (keys: string[]) => {
          const weighed = keys.map((key) => ({ key, weight: weights[draw++ % weights.length] ?? 0 }));
          return weighed.sort((one, other) => one.weight - other.weight).map(({ key }) => key);
        };
        return JSON.stringify(planned(shuffled(twoSites(), order))) === expected;
      }),
      { numRuns: 25 },
    );
  });

  it('a new zone in a free slot does not change the addresses of other zones', () => {
    const before = plannedTwoSites();
    fc.assert(
      fc.property(fc.constantFrom(2, 3, 4, 5, 6, 7, 8, 10, 40, 62), (slot) => {
        const raw = twoSites();
        const block = `10.64.${slot * 4 + 3}.10`;
        const zone = newcomer(slot);
        zone.endpoints.feed.backend.servers.cloud.a = block;
        Object.assign(raw.zones, { alpha: zone });
        const after = planned(raw);
        for (const site of before.sites) {
          for (const { id, addresses, inbound, endpoints } of site.zones) {
            expect(zoneAt(after, site.id, id)).toMatchObject({ addresses, inbound, endpoints });
          }
        }
      }),
    );
  });

  it('a flow is part of the plans of both of its sites', () => {
    const plan = plannedTwoSites();
    expect(zoneAt(plan, 'cloud', 'risk')?.inbound.filter(({ source }) => source === 'orders')).toEqual([
      { source: 'orders', location: 'same-site', sourceSite: 'cloud', endpoint: 'checks', port: 8443, cidrs: [] },
      {
        source: 'orders',
        location: 'linked-site',
        sourceSite: 'frankfurt',
        link: 'backbone',
        endpoint: 'checks',
        port: 8443,
        cidrs: ['10.41.0.0/28'],
      },
    ]);
    expect(zoneAt(plan, 'frankfurt', 'orders')?.outbound.filter(({ targetSite }) => targetSite === 'cloud')).toEqual([
      {
        target: 'risk',
        location: 'linked-site',
        targetSite: 'cloud',
        link: 'backbone',
        endpoint: 'checks',
        port: 8443,
        cidrs: ['10.64.4.128/26', '10.64.5.128/26', '10.64.6.128/26'],
      },
    ]);
  });

  it('a flow with scope site is part of one site only', () => {
    const status = zoneAt(plannedTwoSites(), 'cloud', 'orders')?.inbound.filter(({ endpoint }) => endpoint === 'status');
    expect(status?.map(({ source, location }) => [source, location])).toEqual([['risk', 'same-site']]);
  });

  it('an external may connect only to the endpoints that its flow lists', () => {
    const members = zoneAt(plannedTwoSites(), 'cloud', 'orders')?.inbound.filter(({ source }) => source === 'members');
    expect(members).toEqual([{ source: 'members', location: 'external', endpoint: 'fix', port: 9443, cidrs: ['198.51.100.0/24'] }]);
  });

  it('a zone without endpoints has no tier', () => {
    for (const { tiers } of plannedTwoSites().sites) expect(tiers.map(({ zone }) => zone)).toEqual(['orders', 'risk']);
  });

  it('FIX sessions have five minutes to drain and others half a minute', () => {
    const orders = zoneAt(plannedTwoSites(), 'cloud', 'orders')?.endpoints.map(({ id, drainSeconds }) => [id, drainSeconds]);
    expect(orders).toEqual([
      ['fix', 300],
      ['status', 30],
    ]);
  });

  it('sites, zones, endpoints, flows and servers of a plan are sorted', () => {
    for (const { zones } of plannedTwoSites().sites) {
      const ids = zones.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort(byCodeUnit));
    }
  });
});

describe('an invalid part of a description', () => {
  const things = [
    ['externals', 'members'],
    ['sites', 'frankfurt'],
    ['sites', 'cloud'],
    ['links', 'backbone'],
    ['zones', 'orders'],
    ['zones', 'risk'],
    ['zones', 'batch'],
  ] as const;

  it.each(things)('in %s, %s, is the only thing that is reported, and there is no plan', (map, id) => {
    const raw = twoSites() as unknown as Record<string, Record<string, Raw>>;
    Object.assign(raw[map]?.[id] ?? {}, { misspelt: true });
    const { parsed, problems } = parseEstate(raw);
    expect(problems.map(({ path }) => path)).toEqual([`${map}/${id}/misspelt`]);
    const { plan, problems: meanings } = planEstate(parsed);
    expect(meanings).toEqual([]);
    expect(plan).toBeUndefined();
  });

  it('a flow to a zone whose only endpoint is invalid is not reported', () => {
    const raw = twoSites();
    Object.assign(raw.zones.risk.endpoints.checks, { port: 0 });
    const { parsed } = parseEstate(raw);
    expect(planEstate(parsed).problems).toEqual([]);
  });

  it('an invalid HAProxy does not change the other checks', () => {
    const raw = twoSites();
    Object.assign(raw.haproxy, { version: 'newest' });
    Object.assign(raw.zones.batch, { slot: 1 });
    const { parsed } = parseEstate(raw);
    expect(planEstate(parsed).problems.map(({ code }) => code)).toEqual(['ZON010']);
  });
});
