import { beforeAll, describe, expect, it } from 'vitest';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import { renderCapacity } from '../../../lib/tls/haproxy/capacity';
import { renderConfiguration } from '../../../lib/tls/haproxy/configuration';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import { presets } from '../../../lib/tls/profiles';
import { tierOf, twoEndpoints } from '../../fixtures/tiers';
import { plannedTwoSites } from '../../fixtures/two-sites';

describe('the configuration of a tier', () => {
  let plan: EstatePlan;
  beforeAll(() => {
    plan = plannedTwoSites();
  });

  it('is the same at every site except for the names and addresses of servers', () => {
    const texts = plan.sites.map((site) => {
      const tier = site.tiers.find(({ zone }) => zone === 'risk') as TierPlan;
      const zone = site.zones.find(({ id }) => id === 'risk') as (typeof site.zones)[number];
      return renderConfiguration(zone, tier, plan.haproxy);
    });
    const [one, other] = texts.map((text) => text.replaceAll(/^( {4}server) \S+ \S+:/gm, '$1 NAME ADDRESS:'));
    expect(texts[0]).not.toBe(texts[1]);
    expect(one).toBe(other);
  });

  it('leaves out managed endpoints', () => {
    const { zone, tier, haproxy } = tierOf([
      { id: 'kept' },
      { id: 'managed', managedCertificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/0' },
    ]);
    expect(renderConfiguration(zone, tier, haproxy)).not.toContain('managed');
  });

  it('loads the FIPS provider only for a profile that requires it', () => {
    const lines = ['ssl-provider fips', 'ssl-provider base', 'ssl-propquery fips=yes'];
    for (const profile of Object.values(presets)) {
      const { zone, tier, haproxy } = tierOf([{}], profile);
      const text = renderConfiguration(zone, tier, haproxy);
      for (const line of lines) expect(text.includes(`    ${line}\n`)).toBe(profile.fipsProvider);
    }
  });

  it('has a listener for metrics if the build has the Prometheus exporter', () => {
    const { zone, tier, haproxy } = twoEndpoints();
    expect(renderConfiguration(zone, tier, haproxy)).toContain('prometheus-exporter');
    expect(renderConfiguration(zone, tier, { ...haproxy, features: [] })).not.toContain('diptych.metrics');
  });
});

describe('the capacity file of a tier', () => {
  const { tier, haproxy } = twoEndpoints();
  const hardware: TierPlan = { ...tier, acceleration: 'hardware' };

  it('always sets the number of threads and connections', () => {
    expect(renderCapacity({ ...tier, threads: 6, maxConnections: 1_234 }, haproxy)).toMatch(/nbthread 6\n {4}maxconn 1234/);
  });

  it('loads the engine or provider of the build in hardware tiers only', () => {
    const withEngine = { ...haproxy, features: ['engine' as const] };
    expect(renderCapacity(tier, withEngine)).not.toMatch(/ssl-(engine|provider|mode)/);
    expect(renderCapacity(hardware, withEngine)).toContain('ssl-engine qatengine');
    const both = {
      ...haproxy,
      features: ['engine' as const, 'provider-qat' as const],
      tlsLibrary: { name: 'openssl' as const, version: '4.0' },
    };
    expect(renderCapacity(hardware, both)).not.toContain('ssl-engine');
    expect(renderCapacity(hardware, { ...haproxy, features: ['provider-qat'] })).toContain('ssl-provider qatprovider');
  });

  it('pins threads to processors only if the tier owns the machine', () => {
    const pinned = { ...tier, pinnedCpus: true, threads: 4, instanceType: undefined };
    expect(renderCapacity(pinned, haproxy)).not.toContain('cpu-map');
    expect(renderCapacity({ ...pinned, instanceType: 'c7i.xlarge' }, haproxy)).toContain('cpu-map auto:1/1-4 0-3');
  });
});
