import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, it } from 'vitest';
import { chooseManagedPolicy, managedPolicies } from '../../lib/tls/managed-policy';
import { planManagedListeners } from '../../lib/tls/plan/managed-listeners';
import { presets } from '../../lib/tls/profiles';
import type { ZonePlan } from '../../lib/zones/plan-schema';

const zone = { id: 'clients', endpoints: [{ id: 'web', managedCertificate: 'arn' }, { id: 'fix' }] } as unknown as ZonePlan;

describe('the security policy of a managed listener', () => {
  it.each([
    ['strict', 'ELBSecurityPolicy-TLS13-1-3-2021-06'],
    ['compatible', 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06'],
    ['hybrid-pq', 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09'],
    ['fips', 'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04'],
  ] as const)('matches %s with %s', (preset, policy) => {
    expect(chooseManagedPolicy(presets[preset])).toEqual({ policy });
  });

  it('does not exist for a profile without classical groups, and the error names the endpoint', () => {
    expect(chooseManagedPolicy(presets.cnsa2)).toEqual({ unmatched: 'groups' });
    const { listeners, problems } = planManagedListeners(zone, presets.cnsa2);
    expect(listeners).toEqual([]);
    expect(problems.map(({ code, path }) => [code, path])).toEqual([['TLS040', 'zones/clients/endpoints/web/managed']]);
  });

  it('does not exist for a profile that excludes a cipher suite of every policy', () => {
    expect(chooseManagedPolicy({ ...presets.strict, cipherSuites: ['TLS_AES_256_GCM_SHA384'] })).toEqual({ unmatched: 'cipherSuites' });
  });

  it('never offers a version or a suite that the profile excludes', () => {
    for (const profile of Object.values(presets)) {
      const choice = chooseManagedPolicy(profile);
      const policy = managedPolicies.find(({ name }) => 'policy' in choice && name === choice.policy);
      for (const version of policy?.versions ?? []) expect(profile.versions).toContain(version);
      for (const suite of policy?.cipherSuites ?? []) expect(profile.cipherSuites).toContain(suite);
      for (const suite of policy?.legacyCipherSuites ?? []) expect(profile.legacyCipherSuites).toContain(suite);
    }
  });

  it('is known to the CDK', () => {
    const known = Object.values(SslPolicy) as string[];
    for (const { name } of managedPolicies) expect(known).toContain(name);
  });
});
