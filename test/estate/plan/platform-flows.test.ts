import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../lib/core/problem';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import { planned, twoSites } from '../../fixtures/two-sites';

type Raw = ReturnType<typeof twoSites>;

/** The estate with platform flows written at both sites. */
function withFlows(frankfurt: object, cloud: object = {}): Raw {
  const raw = twoSites();
  Object.assign(raw.sites.frankfurt, { platformFlows: frankfurt });
  Object.assign(raw.sites.cloud, { platformFlows: cloud });
  return raw;
}

/** The estate with a server on-prem that is a Service of the cluster. */
function withNamedServer(raw: Raw): Raw {
  const { backend } = raw.zones.risk.endpoints.checks;
  Object.assign(backend.servers.frankfurt, { a: 'checks.risk.svc.cluster.local' });
  Object.assign(backend, { podLabels: { app: 'checks' } });
  return raw;
}

function problemsOf(raw: unknown): Problem[] {
  const { parsed, problems } = parseEstate(raw);
  return [...problems, ...planEstate(parsed).problems];
}

const codes = (raw: unknown): string[] => problemsOf(raw).map(({ code, path }) => `${code} ${path}`);

const time = { direction: 'egress', ports: [{ port: 123, protocol: 'UDP' }], cidrs: ['10.50.9.0/28'] };
const metrics = { direction: 'ingress', ports: [{ port: 8405 }], cidrs: ['10.64.128.0/26'] };

describe('platform flows of a description', () => {
  it('a flow on-prem is added to the default flows for DNS and metrics', () => {
    const [, frankfurt] = planned(withFlows({ time })).sites;
    expect(frankfurt?.platformFlows.map(({ id }) => id)).toEqual(['dns', 'metrics', 'time']);
  });

  it('a flow in the cloud is added to the default flows for the interface endpoints and S3', () => {
    const [cloud] = planned(withFlows({}, { metrics })).sites;
    expect(cloud?.platformFlows.map(({ id }) => id)).toEqual(['endpoints', 'metrics', 's3']);
    const walls = cloud?.kind === 'cloud' ? cloud.walls : undefined;
    const platform = walls?.securityGroups.find(({ owner }) => owner.kind === 'platform');
    expect(platform?.egress.map(({ peer }) => peer.kind).sort()).toEqual(['endpoints', 'prefix-list']);
  });

  it('a flow with the id of a default flow replaces it', () => {
    const dns = { direction: 'egress', ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }], cidrs: ['10.36.0.10/32'] };
    const [, frankfurt] = planned(withFlows({ dns })).sites;
    expect(frankfurt?.platformFlows.find(({ id }) => id === 'dns')).toMatchObject({ pods: 'tier', cidrs: ['10.36.0.10/32'] });
  });

  it('null removes a default flow that nothing needs', () => {
    const [, frankfurt] = planned(withFlows({ dns: null, metrics: null })).sites;
    expect(frankfurt?.platformFlows).toEqual([]);
  });

  it('a default flow that tiers need cannot be removed, and the error names what needs it', () => {
    const found = problemsOf(withNamedServer(withFlows({ dns: null }, { s3: null, endpoints: null })));
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'EST112 sites/cloud/platformFlows/endpoints',
      'EST112 sites/cloud/platformFlows/s3',
      'EST112 sites/frankfurt/platformFlows/dns',
    ]);
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('signal whether they started'),
      expect.stringContaining('download their configuration'),
      expect.stringMatching(/egress UDP 53 and TCP 53, .*zones\/risk\/endpoints\/checks\/backend\/servers\/frankfurt\/a/),
    ]);
  });

  it('a flow with another id can allow what a removed default flow allowed', () => {
    const resolver = { direction: 'egress', ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }], namespace: 'dns' };
    expect(codes(withNamedServer(withFlows({ dns: null, resolver })))).toEqual([]);
    const overUdp = { ...resolver, ports: [{ port: 53, protocol: 'UDP' }] };
    expect(problemsOf(withNamedServer(withFlows({ dns: null, resolver: overUdp }))).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^no platform flow allows egress TCP 53, and /),
    ]);
  });

  it('metrics of a hardware tier cannot be removed, because alerts depend on them', () => {
    const raw = withFlows({ metrics: null });
    Object.assign(raw.sites.frankfurt, { hardware: { generation: 'qat-gen4', nodesPerFailureDomain: 2, devicesPerNode: 4 } });
    Object.assign(raw.haproxy, { features: ['prometheus-exporter', 'provider-qat'] });
    Object.assign(raw.zones.orders, { acceleration: 'hardware', sites: ['frankfurt'] });
    for (const { backend } of Object.values(raw.zones.orders.endpoints)) Reflect.deleteProperty(backend.servers, 'cloud');
    expect(codes(raw)).toContain('EST112 sites/frankfurt/platformFlows/metrics');
  });
});

describe('a default flow with other ports', () => {
  const dns = { direction: 'egress', pods: 'all', namespace: 'kube-system' };

  it.each([
    ['DNS over UDP only', { dns: { ...dns, ports: [{ port: 53, protocol: 'UDP' }] } }, {}, 'it does not allow TCP 53'],
    [
      'DNS with DNS over TLS',
      { dns: { ...dns, ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }, { port: 853 }] } },
      {},
      'it allows TCP 853, which nothing uses',
    ],
    ['metrics on the health port', { metrics: { direction: 'ingress', ports: [{ port: 8404 }], namespace: 'monitoring' } }, {}, 'TCP 8405'],
    ['S3 without TLS', {}, { s3: { direction: 'egress', ports: [{ port: 80 }], service: 's3' } }, 'it does not allow TCP 443'],
    [
      'interface endpoints in a flow of another id',
      {},
      { registry: { direction: 'egress', ports: [{ port: 5000 }], service: 'interface-endpoints' } },
      'it allows TCP 5000, which nothing uses',
    ],
  ])('%s is refused', (_name, frankfurt, cloud, clause) => {
    const found = problemsOf(withNamedServer(withFlows(frankfurt, cloud)));
    expect(found.map(({ code }) => code)).toEqual(['EST113']);
    expect(found[0]?.message).toContain(clause);
  });
});
