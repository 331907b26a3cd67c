import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatProblem, type Problem } from '../../../lib/core/problem';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import { twoSites } from '../../fixtures/two-sites';

function problemsOf(raw: unknown): Problem[] {
  const { parsed, problems } = parseEstate(raw);
  return [...problems, ...planEstate(parsed).problems];
}

describe('an invalid estate', () => {
  it('errors of all stages are reported together, each once', () => {
    const raw = twoSites();
    Object.assign(raw.externals.members, { networks: [] });
    Object.assign(raw.zones.risk.allowFrom, { ordres: {} });
    Object.assign(raw.sites.frankfurt, { nodeCidr: '10.35.0.0/20' });
    Object.assign(raw.haproxy, { version: '2.6.12' });
    Object.assign(raw.sites.cloud, { quotas: { subnetsPerVpc: 20 } });
    expect(problemsOf(raw).map(({ code, path }) => `${code} ${path}`)).toEqual([
      'SPC003 externals/members/networks',
      'EST104 haproxy/version',
      'ZON002 zones/risk/allowFrom/ordres',
      'ZON012 sites/frankfurt/nodeCidr',
      'QUO006 sites/cloud/quotas/subnetsPerVpc',
    ]);
  });

  it('an estate cannot refer to properties that every JavaScript object has', () => {
    const raw = twoSites();
    Object.assign(raw.zones.risk, { profile: 'constructor' });
    Object.assign(raw.zones.orders.allowFrom, { constructor: {} });
    const found = problemsOf(raw).map(({ path }) => path);
    expect(found).toEqual(expect.arrayContaining(['zones/risk/profile', 'zones/orders/allowFrom/constructor']));
  });

  it('the proposed slot is not the slot of another zone', () => {
    const raw = twoSites();
    Object.assign(raw.zones.batch, { slot: 1 });
    expect(problemsOf(raw).map(({ fix }) => fix)).toEqual(['Write slot: 2, the lowest free slot.']);
  });
});

const sites = fc.uniqueArray(fc.constantFrom('frankfurt', 'cloud', 'elsewhere'), { minLength: 1 });
const block = fc.constantFrom(
  '10.64.0.0/16',
  '10.64.4.0/22',
  '10.64.252.0/24',
  '10.40.0.0/20',
  '10.41.0.16/28',
  '10.0.0.0/8',
  '10.40.0.0/32',
  '127.0.0.0/8',
);
const source = fc.constantFrom('orders', 'risk', 'batch', 'members', 'nobody');

/** Descriptions that parse, whatever they mean. */
const anyEstate = fc
  .record({
    slots: fc.array(fc.constantFrom(0, 1, 9, 62, 63, 4_095), { minLength: 3, maxLength: 3 }),
    sites: fc.array(sites, { minLength: 3, maxLength: 3 }),
    externalSites: fc.option(sites, { nil: undefined }),
    externalBlock: block,
    cloudBlock: block,
    egressBlock: fc.option(block, { nil: undefined }),
    zonePrefix: fc.integer({ min: 16, max: 25 }),
    loadBalancerPrefix: fc.integer({ min: 8, max: 32 }),
    explicit: fc.option(block, { nil: undefined }),
    linked: fc.boolean(),
    prefix: block,
    flow: fc.record({ source, scope: fc.constantFrom('site', 'estate') }),
    server: fc.constantFrom('10.64.3.10', '10.32.0.1', 'a.b.example', '0.0.0.0', '10.40.0.1'),
  })
  .map((drawn) => {
    const raw = twoSites();
    const zones = [raw.zones.orders, raw.zones.risk, raw.zones.batch];
    for (const [index, zone] of zones.entries()) Object.assign(zone, { slot: drawn.slots[index], sites: drawn.sites[index] });
    Object.assign(raw.externals.members, { cidrs: [drawn.externalBlock], sites: drawn.externalSites });
    Object.assign(raw.sites.cloud, { cidr: drawn.cloudBlock, zonePrefix: drawn.zonePrefix });
    Object.assign(raw.sites.frankfurt, { egressCidr: drawn.egressBlock, loadBalancerPrefix: drawn.loadBalancerPrefix });
    if (drawn.explicit)
      Object.assign(raw.zones.risk, { at: { cloud: { cidr: drawn.explicit }, frankfurt: { egressCidr: drawn.explicit } } });
    if (drawn.linked) Object.assign(raw.links.backbone.prefixes, { cloud: [drawn.prefix] });
    else Object.assign(raw, { links: {} });
    Object.assign(raw.zones.orders.allowFrom, { [drawn.flow.source]: { scope: drawn.flow.scope } });
    Object.assign(raw.zones.risk.endpoints.checks.backend.servers.cloud, { a: drawn.server });
    return raw;
  });

describe('a mistake with many effects', () => {
  it('a missing link is reported once for each pair of sites, not for each flow', () => {
    const raw = twoSites();
    const sites = { ...raw.sites, paris: { ...raw.sites.frankfurt, context: 'paris', clusterIdentity: 'paris' } };
    for (const zone of [raw.zones.orders, raw.zones.risk]) Object.assign(zone, { sites: Object.keys(sites) });
    Object.assign(raw.zones.orders.allowFrom, { risk: { scope: 'estate' } });
    const found = problemsOf({ ...raw, sites, links: {} }).filter(({ code }) => code === 'ZON040');
    expect(found.map(formatProblem)).toEqual([
      'links: no link joins cloud and frankfurt, cloud and paris, frankfurt and paris for the flows from risk to orders, from orders to risk; sites with flows between them must be joined by a link [ZON040]',
    ]);
    const linked = problemsOf({ ...raw, sites }).find(({ code }) => code === 'ZON040');
    expect(linked?.message).toContain(
      'no link joins cloud and paris, frankfurt and paris for the flows from risk to orders, from orders to risk; ',
    );
  });

  it('a misspelt site is reported without its values under the right name', () => {
    const raw = twoSites();
    Object.assign(raw.zones.orders, { sites: ['frankfurt', 'clod'] });
    Object.assign(raw.links.backbone, { between: ['frnkfurt', 'cloud'] });
    expect(problemsOf(raw).map(({ code, path, fix }) => `${code} ${path} ${fix}`)).toEqual([
      'ZON001 links/backbone/between/0 Write frankfurt.',
      'ZON001 zones/orders/sites/1 Write cloud.',
    ]);
  });
});

describe('a fix', () => {
  it('the fix for missing subnets of an existing VPC names their path in the zone', () => {
    const raw = twoSites();
    Object.assign(raw.sites.cloud, { vpc: { id: 'vpc-0123456789abcdef0', endpointSecurityGroup: 'sg-0123456789abcdef0' } });
    const fix = problemsOf(raw).find(({ code, path }) => code === 'ZON015' && path.startsWith('zones/risk/'))?.fix ?? '';
    const [, written = ''] = /^Write (at: .+) in zone risk\.$/.exec(fix) ?? [];
    Object.assign(raw.zones.risk, parse(written.replaceAll('subnet-...', 'subnet-0123456789abcdef0')));
    expect(problemsOf(raw).filter(({ path }) => path.startsWith('zones/risk/at'))).toEqual([]);
  });
});

describe('any estate that parses', () => {
  it('any estate that parses is planned, or refused with well-formed problems, each once', () => {
    fc.assert(
      fc.property(anyEstate, (raw) => {
        const { parsed, problems } = parseEstate(raw);
        expect(problems).toEqual([]);
        const outcome = planEstate(parsed);
        expect(outcome.plan === undefined).toBe(outcome.problems.length > 0);
        const lines = outcome.problems.map(formatProblem);
        expect(new Set(lines).size).toBe(lines.length);
      }),
      { numRuns: 100 },
    );
  });
});
