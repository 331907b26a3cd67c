import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../lib/core/problem';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import { planned, twoSites } from '../../fixtures/two-sites';

type Raw = ReturnType<typeof twoSites>;
type Site = 'frankfurt' | 'cloud';

function problemsOf(raw: unknown): Problem[] {
  const { parsed, problems } = parseEstate(raw);
  return [...problems, ...planEstate(parsed).problems];
}

const lines = (raw: unknown): string[] => problemsOf(raw).map(({ code, path }) => `${code} ${path}`);

/** The estate with another address of a server of zone risk. */
function withServer(site: Site, address: string, raw: Raw = twoSites()): Raw {
  Object.assign(raw.zones.risk.endpoints.checks.backend.servers[site], { a: address });
  return raw;
}

/** The estate with a platform flow to or from a block. */
function withPlatform(site: Site, cidr: string, direction = 'egress', raw: Raw = twoSites()): Raw {
  const port = direction === 'egress' ? { port: 123, protocol: 'UDP' } : { port: 8405 };
  Object.assign(raw.sites[site], { platformFlows: { extra: { direction, ports: [port], cidrs: [cidr] } } });
  return raw;
}

function withExternal(cidr: string): Raw {
  const raw = twoSites();
  Object.assign(raw.externals.members, { cidrs: [cidr] });
  return raw;
}

const server = (site: Site) => `zones/risk/endpoints/checks/backend/servers/${site}/a`;
const platform = (site: Site) => `sites/${site}/platformFlows/extra/cidrs/0`;

describe('an address of a server', () => {
  it.each<[string, Site, string, string]>([
    ['the block of another zone', 'cloud', '10.64.3.10', 'ZON034'],
    ['the load balancer block of another zone', 'frankfurt', '10.40.0.3', 'ZON034'],
    ['the egress block of another zone', 'frankfurt', '10.41.0.3', 'ZON034'],
    ['the block of a zone at a linked cloud site', 'frankfurt', '10.64.3.10', 'ZON034'],
    ['the load balancer block of a zone at a linked on-prem site', 'cloud', '10.40.0.3', 'ZON034'],
    ['the egress block of its own zone at a linked on-prem site', 'cloud', '10.41.0.18', 'ZON034'],
    ['the tier subnet of its own zone', 'cloud', '10.64.4.10', 'ZON038'],
    ['the load balancer subnet of its own zone', 'cloud', '10.64.4.140', 'ZON038'],
    ['the endpoint subnets', 'cloud', '10.64.252.10', 'ZON038'],
    ['the load balancer block of its own zone', 'frankfurt', '10.40.0.17', 'ZON038'],
    ['the load balancer block of the site', 'frankfurt', '10.40.9.1', 'ZON038'],
    ['the egress block of the site', 'frankfurt', '10.41.9.1', 'ZON038'],
    ['the first addresses of every possible subnet', 'cloud', '10.64.7.3', 'ZON038'],
    ['the last address of every possible subnet', 'cloud', '10.64.7.255', 'ZON038'],
    ['the first addresses of a spare block between our subnets', 'cloud', '10.64.4.195', 'ZON038'],
    ['S3', 'cloud', '52.219.140.7', 'ZON038'],
    ['the loopback interface', 'frankfurt', '127.0.0.1', 'ZON039'],
    ['the instance metadata service', 'cloud', '169.254.169.254', 'ZON039'],
    ['a multicast group', 'frankfurt', '239.1.2.3', 'ZON039'],
    ['a network that no route leads to', 'cloud', '10.250.3.1', 'ZON035'],
  ])('is refused if it belongs to %s', (_owner, site, address, code) => {
    expect(lines(withServer(site, address))).toEqual([`${code} ${server(site)}`]);
  });

  it.each<[string, Site, string]>([
    ['the fifth address of a subnet', 'cloud', '10.64.7.4'],
    ['the first address of a small subnet inside a possible larger one', 'cloud', '10.64.7.64'],
    ['an address of the VPC outside all zones', 'cloud', '10.64.128.10'],
    ['an address of an external', 'cloud', '198.51.100.10'],
    ['a machine of the data center', 'frankfurt', '10.50.0.30'],
  ])('is accepted if it is %s', (_owner, site, address) => {
    expect(lines(withServer(site, address))).toEqual([]);
  });

  it('can be that of a zone at a site without a link, because it is another machine here', () => {
    const raw = withServer('frankfurt', '10.64.3.10');
    Object.assign(raw, { links: {} });
    Object.assign(raw.zones.risk, { allowFrom: { orders: {} } });
    expect(lines(raw)).toEqual([]);
  });

  it('behind a link needs a route for replies to the zone', () => {
    const raw = withServer('cloud', '10.60.0.10');
    Object.assign(raw.links.backbone.prefixes, { frankfurt: ['10.40.0.0/20', '10.41.0.0/20', '10.60.0.0/24'], cloud: ['10.64.0.0/22'] });
    Object.assign(raw.zones.risk, { allowFrom: { orders: {} } });
    const [found, ...others] = problemsOf(raw);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'ZON042', path: 'links/backbone/prefixes/cloud', fix: expect.stringContaining('10.64.4.0/22') });
    Object.assign(raw.links.backbone.prefixes, { cloud: ['10.64.0.0/16'] });
    expect(lines(raw)).toEqual([]);
  });

  it('behind a link that is reached from nodes needs a route for replies to the nodes', () => {
    const raw = withServer('frankfurt', '10.64.128.10');
    Reflect.deleteProperty(raw.sites.frankfurt, 'egressCidr');
    Object.assign(raw.links.backbone.prefixes, { frankfurt: ['10.40.0.0/20'] });
    Object.assign(raw.zones.risk, { allowFrom: {} });
    expect(problemsOf(raw)).toMatchObject([{ code: 'ZON042', path: 'links/backbone/prefixes/frankfurt' }]);
    Object.assign(raw.links.backbone.prefixes, { frankfurt: ['10.40.0.0/20', '10.36.0.0/20'] });
    expect(lines(raw)).toEqual([]);
  });
});

describe('the peer of a platform flow', () => {
  it.each<[string, Site, string, string]>([
    ['no route leads to', 'cloud', '10.250.3.0/28', 'ZON035'],
    ['contains zones', 'cloud', '10.64.0.0/16', 'ZON034'],
    ['contains a zone of a linked site', 'frankfurt', '10.64.0.0/20', 'ZON034'],
    ['is the endpoint subnets', 'cloud', '10.64.252.0/26', 'ZON038'],
    ['belongs to S3', 'cloud', '3.5.136.0/24', 'ZON038'],
    ['belongs to pods of the cluster', 'frankfurt', '10.33.0.0/24', 'ZON032'],
    ['belongs to Services of the cluster', 'frankfurt', '10.37.0.10/32', 'ZON032'],
    ['is every address', 'frankfurt', '0.0.0.0/0', 'SPC006'],
    ['is the time service of EC2', 'cloud', '169.254.169.123/32', 'ZON039'],
  ])('is refused if it is a block that %s', (_owner, site, cidr, code) => {
    expect(lines(withPlatform(site, cidr))).toEqual([`${code} ${platform(site)}`]);
  });

  it.each<[string, Site, string]>([
    ['of the VPC outside all zones', 'cloud', '10.64.128.0/26'],
    ['of an external', 'cloud', '198.51.100.128/25'],
    ['of nodes', 'frankfurt', '10.36.0.0/24'],
    ['of a cache for DNS on each node', 'frankfurt', '169.254.20.10/32'],
    ['of the data center', 'frankfurt', '10.250.3.0/28'],
  ])('can be a block %s', (_owner, site, cidr) => {
    expect(lines(withPlatform(site, cidr))).toEqual([]);
    expect(lines(withPlatform(site, cidr, 'ingress'))).toEqual([]);
  });

  it('behind a link needs a route for replies to every tier of the site', () => {
    const raw = withPlatform('cloud', '10.60.0.0/24');
    Object.assign(raw.zones.risk, { allowFrom: { orders: {} } });
    Object.assign(raw.links.backbone.prefixes, { frankfurt: ['10.40.0.0/20', '10.41.0.0/20', '10.60.0.0/24'], cloud: ['10.64.4.0/22'] });
    expect(problemsOf(raw)).toMatchObject([{ code: 'ZON042', fix: expect.stringContaining('Add 10.64.0.0/22, ') }]);
  });

  it('behind two blocks that a link announces has a route, and behind one of them it has none', () => {
    const raw = withPlatform('cloud', '10.60.0.0/23');
    Object.assign(raw.links.backbone.prefixes, { frankfurt: ['10.40.0.0/20', '10.41.0.0/20', '10.60.0.0/24'] });
    expect(lines(raw)).toEqual([`ZON035 ${platform('cloud')}`]);
    Object.assign(raw.links.backbone.prefixes, { frankfurt: ['10.40.0.0/20', '10.41.0.0/20', '10.60.0.0/24', '10.60.1.0/24'] });
    expect(lines(raw)).toEqual([]);
  });
});

describe('the addresses of an external', () => {
  it.each([
    ['S3', '52.219.140.0/25', 'ZON012 externals/members/cidrs/0'],
    ['S3, which they contain', '3.5.0.0/16', 'ZON012 externals/members/cidrs/0'],
    ['everyone', '0.0.0.0/0', 'SPC006 externals/members/cidrs/0'],
    ['multicast groups', '239.0.0.0/8', 'ZON039 externals/members/cidrs/0'],
  ])('are refused if they belong to %s', (_owner, cidr, line) => {
    expect(lines(withExternal(cidr))).toEqual([line]);
  });
});

describe('pod labels', () => {
  function withLabels(podLabels: object, frankfurt: object): Raw {
    const raw = twoSites();
    Object.assign(raw.zones.risk.endpoints.checks.backend, { podLabels, podPort: 8600 });
    Object.assign(raw.zones.risk.endpoints.checks.backend.servers, { frankfurt });
    return raw;
  }
  const paris = (raw: Raw): Raw => {
    const addresses = { podCidr: '10.132.0.0/14', nodeCidr: '10.136.0.0/20', serviceCidr: '10.137.0.0/16' };
    const blocks = { loadBalancerCidr: '10.140.0.0/20', egressCidr: '10.141.0.0/20' };
    const site = { ...raw.sites.frankfurt, context: 'paris', clusterIdentity: 'paris', ...addresses, ...blocks };
    Object.assign(raw.sites, { paris: site });
    Object.assign(raw.zones.risk, { sites: ['frankfurt', 'cloud', 'paris'] });
    Object.assign(raw.zones.risk.endpoints.checks.backend.servers, { paris: { a: '10.50.0.30' } });
    Object.assign(raw.zones.risk, { allowFrom: { orders: {} } });
    return raw;
  };

  it('apply at the site with the pods, and not at a site with machines', () => {
    const plan = planned(paris(withLabels({ app: 'checks' }, { a: 'checks.risk.svc.cluster.local' })));
    const backends = plan.sites.map(({ id, zones }) => {
      const backend = zones.find((zone) => zone.id === 'risk')?.endpoints[0]?.backend;
      return [id, backend?.podLabels, backend?.podPort];
    });
    expect(backends).toEqual([
      ['cloud', undefined, undefined],
      ['frankfurt', { app: 'checks' }, 8600],
      ['paris', undefined, undefined],
    ]);
  });

  it('apply to servers with addresses of pods or Services', () => {
    const [, frankfurt] = planned(withLabels({ app: 'checks' }, { a: '10.37.4.4' })).sites;
    expect(frankfurt?.zones.find(({ id }) => id === 'risk')?.endpoints[0]?.backend.podLabels).toEqual({ app: 'checks' });
  });

  it('are refused if no site has pods', () => {
    expect(lines(withLabels({ app: 'checks' }, { a: '10.50.0.30' }))).toEqual(['ZON049 zones/risk/endpoints/checks/backend/podLabels']);
  });

  it('cannot make the DNS name of a machine outside the cluster reachable', () => {
    expect(lines(withLabels({ app: 'checks' }, { a: 'checks.example.com' }))).toEqual([`ZON048 ${server('frankfurt')}`]);
  });

  it.each([
    ['empty', {}, 'SPC006 zones/risk/endpoints/checks/backend/podLabels'],
    ['those of a tier', { 'diptych/role': 'tier' }, 'SPC008 zones/risk/endpoints/checks/backend/podLabels/diptych/role'],
  ])('are refused if they are %s', (_kind, podLabels, line) => {
    expect(lines(withLabels(podLabels, { a: 'checks.risk.svc.cluster.local' }))).toEqual([line]);
  });

  it('of a platform flow are refused if they are empty', () => {
    const raw = twoSites();
    const scraper = { direction: 'ingress', ports: [{ port: 8405 }], namespace: 'monitoring', podLabels: {} };
    Object.assign(raw.sites.frankfurt, { platformFlows: { scraper } });
    expect(lines(raw)).toEqual(['SPC006 sites/frankfurt/platformFlows/scraper/podLabels']);
  });
});
