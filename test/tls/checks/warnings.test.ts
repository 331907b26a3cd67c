import { describe, expect, it } from 'vitest';
import { slowLibrary } from '../../../lib/tls/checks/warnings';
import type { HaproxyPlan, TierPlan } from '../../../lib/tls/plan-schema';

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
