import { describe, expect, it } from 'vitest';
import { formatProblem, type Problem } from '../../../lib/core/problem';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import { planned, twoSites } from '../../fixtures/two-sites';

type Raw = ReturnType<typeof twoSites>;

function onPremSite(name: string, index: number): object {
  const block = (offset: number, length: number) => `10.${100 + index * 10 + offset}.0.0/${length}`;
  return {
    ...twoSites().sites.frankfurt,
    context: name,
    clusterIdentity: name,
    podCidr: block(0, 16),
    nodeCidr: block(1, 20),
    serviceCidr: block(2, 16),
    loadBalancerCidr: block(3, 20),
    egressCidr: block(4, 20),
  };
}

const linkOf = (...ends: readonly (readonly [site: string, index: number])[]): object => ({
  between: ends.map(([site]) => site),
  kind: 'private',
  prefixes: Object.fromEntries(ends.map(([site, index]) => [site, [`10.${103 + index * 10}.0.0/20`, `10.${104 + index * 10}.0.0/20`]])),
  roundTripMilliseconds: 1,
});

/** London, Slough and Dublin, with links from Slough to the two others, and a flow from orders (everywhere) to risk. */
function threeSites(riskAt: readonly string[], flow: object, changes: (raw: Raw) => void = () => {}): Raw {
  const raw = twoSites();
  const names = ['london', 'slough', 'dublin'];
  const servers = (at: readonly string[], last: number) => Object.fromEntries(at.map((site) => [site, { a: `10.50.0.${last}` }]));
  Object.assign(raw, {
    externals: { members: { cidrs: ['198.51.100.0/24'] } },
    sites: Object.fromEntries(names.map((name, index) => [name, onPremSite(name, index)])),
    links: { east: linkOf(['london', 0], ['slough', 1]), west: linkOf(['slough', 1], ['dublin', 2]) },
  });
  Object.assign(raw.zones.orders, { sites: names, allowFrom: { members: {} } });
  for (const { backend } of Object.values(raw.zones.orders.endpoints)) Object.assign(backend, { servers: servers(names, 10) });
  Object.assign(raw.zones.risk, { sites: riskAt, allowFrom: { orders: flow } });
  Object.assign(raw.zones.risk.endpoints.checks.backend, { servers: servers(riskAt, 20) });
  Object.assign(raw.zones.batch, { sites: names });
  changes(raw);
  return raw;
}

function problemsOf(raw: unknown): Problem[] {
  const { parsed, problems } = parseEstate(raw);
  return [...problems, ...planEstate(parsed).problems];
}

/** The flows into zone risk, as source site and target site. */
function flowsOf(raw: Raw): string[] {
  return planned(raw).sites.flatMap(({ id, zones }) =>
    zones
      .filter((zone) => zone.id === 'risk')
      .flatMap(({ inbound }) => inbound.map(({ source, sourceSite }) => `${source} ${sourceSite ?? 'outside'} to ${id}`)),
  );
}

describe('a flow with sites', () => {
  it('is allowed between these sites only, in both halves of the plan', () => {
    const raw = threeSites(['slough', 'dublin'], { scope: 'estate', sites: ['london', 'slough'] });
    expect(flowsOf(raw)).toEqual(['orders london to slough', 'orders slough to slough']);
    const outbound = planned(raw).sites.flatMap(({ id, zones }) =>
      zones.flatMap((zone) =>
        zone.outbound.filter(({ target }) => target === 'risk').map(({ targetSite }) => `${zone.id} ${id} to ${targetSite}`),
      ),
    );
    expect(outbound.sort()).toEqual(['orders london to slough', 'orders slough to slough']);
  });

  it('needs no link to other sites', () => {
    const raw = threeSites(['slough'], { scope: 'estate', sites: ['london', 'slough'] }, ({ links }) =>
      Reflect.deleteProperty(links, 'west'),
    );
    expect(flowsOf(raw)).toEqual(['orders london to slough', 'orders slough to slough']);
  });

  it('and scope site is allowed within each of these sites', () => {
    expect(flowsOf(threeSites(['slough', 'dublin'], { sites: ['dublin'] }))).toEqual(['orders dublin to dublin']);
  });

  it('limits where an external may connect', () => {
    const raw = threeSites(['slough', 'dublin'], { sites: ['slough'] }, ({ zones }) =>
      Object.assign(zones.risk, { allowFrom: { members: { sites: ['dublin'] } } }),
    );
    expect(flowsOf(raw)).toEqual(['members outside to dublin']);
  });

  it.each<[string, readonly string[], object, readonly string[]]>([
    ['unknown', ['slough'], { sites: ['slugh', 'slough'] }, ['ZON001 zones/risk/allowFrom/orders/sites/0']],
    ['repeated', ['slough'], { sites: ['slough', 'slough'] }, ['ZON007 zones/risk/allowFrom/orders/sites/1']],
    ['without a common end', ['slough'], { sites: ['london'] }, ['ZON006 zones/risk/allowFrom/orders']],
    ['without the zone', ['slough'], { scope: 'estate', sites: ['london'] }, ['ZON006 zones/risk/allowFrom/orders']],
  ])('is refused if a site is %s', (_kind, riskAt, flow, expected) => {
    expect(problemsOf(threeSites(riskAt, flow)).map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
  });

  it('is refused if a site is neither one of the zone nor one of the source', () => {
    const raw = threeSites(['slough'], { scope: 'estate', sites: ['london', 'slough', 'dublin'] }, ({ zones }) => {
      Object.assign(zones.orders, { sites: ['london', 'slough'] });
      for (const { backend } of Object.values(zones.orders.endpoints)) Reflect.deleteProperty(backend.servers, 'dublin');
    });
    expect(problemsOf(raw).map(({ code, path }) => `${code} ${path}`)).toEqual(['ZON004 zones/risk/allowFrom/orders/sites/2']);
  });
});

describe('a flow between sites that are linked through a third', () => {
  it('is refused with the reason, which names the site in the middle', () => {
    expect(problemsOf(threeSites(['dublin'], { scope: 'estate' })).map(formatProblem)).toEqual([
      'links: no link joins dublin and london for the flow from orders to risk, and no site forwards traffic of others, so the way through slough cannot be used; sites with flows between them must be joined by a link [ZON040]',
    ]);
  });
});
