import { describe, expect, it } from 'vitest';
import { cutDrains, slowLibrary } from '../../../lib/tls/checks/warnings';
import type { HaproxyPlan, TierPlan } from '../../../lib/tls/plan-schema';
import type { PlannedOnPremSite } from '../../../lib/tls/planned-site';

describe('the warning about a TLS library', () => {
  const warns = (name: 'openssl' | 'aws-lc', version: string, ...threads: number[]) => {
    const tiers = threads.map((count) => ({ threads: count }) as TierPlan);
    return slowLibrary({ tlsLibrary: { name, version } } as HaproxyPlan, tiers).length > 0;
  };

  it.each([
    ['openssl', '3.0', true],
    ['openssl', '3.1', true],
    ['openssl', '3.2', false],
    ['openssl', '3.10', false],
    ['aws-lc', '1.40', false],
  ] as const)('for %s %s and 8 threads is given: %s', (name, version, expected) => {
    expect(warns(name, version, 2, 8)).toBe(expected);
  });

  it('is not given if every tier runs at most 4 threads, or there is no tier', () => {
    expect([warns('openssl', '3.0', 4), warns('openssl', '3.0', 5), warns('openssl', '3.0')]).toEqual([false, true, false]);
  });
});

describe('the warning about a drain', () => {
  const warnings = (loadBalancer: PlannedOnPremSite['loadBalancer'], ...drains: number[]) => {
    const tiers = drains.map((drainSeconds, index) => ({ zone: `zone-${index}`, drainSeconds }) as TierPlan);
    return cutDrains([{ kind: 'on-prem', id: 'here', loadBalancer, tiers } as unknown as PlannedOnPremSite]);
  };

  it('names the zones whose sessions MetalLB cuts before their drain is over', () => {
    const [warning, ...others] = warnings('metallb', 300, 4, 30);
    expect(warning?.message).toContain('zone zone-0 (drain of 300 s), zone zone-2 (drain of 30 s) are cut 4 s after');
    expect(others).toEqual([]);
  });

  it('is not given for a load balancer that keeps sessions, or that is not declared', () => {
    expect([warnings('draining', 300), warnings(undefined, 300), warnings('metallb', 4), warnings('metallb')].flat()).toEqual([]);
  });
});
