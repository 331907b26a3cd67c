import { describe, expect, it } from 'vitest';
import { deviceDriver, isAtLeast, missingFor, missingForHardware } from '../../lib/tls/capabilities';
import type { HaproxyPlan } from '../../lib/tls/plan-schema';
import { presets } from '../../lib/tls/profiles';

function build(name: 'openssl' | 'aws-lc', version: string, features: HaproxyPlan['features'] = []): HaproxyPlan {
  return { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name, version }, features };
}

const said = (lacks: ReturnType<typeof missingFor>) => lacks.map(({ what, needs, path, value }) => `${what}: ${needs} -> ${path} ${value}`);

describe('a version', () => {
  it.each([
    ['3.5', '3.5', true],
    ['3.5.7', '3.5', true],
    ['3.10', '3.5', true],
    ['3.0.19', '3.5', false],
    ['4.0', '3.5', true],
    ['1.40', '1.55', false],
  ])('%s is at least %s: %s', (version, least, expected) => {
    expect(isAtLeast(version, least)).toBe(expected);
  });
});

describe('a HAProxy build', () => {
  it('supports every preset with OpenSSL 3.5 and its FIPS provider', () => {
    for (const profile of Object.values(presets)) expect(missingFor(profile, build('openssl', '3.5', ['provider-fips']))).toEqual([]);
  });

  it('supports no hybrid group before OpenSSL 3.5, and the fix quotes the version', () => {
    expect(said(missingFor(presets['hybrid-pq'], build('openssl', '3.0')))).toEqual([
      'X25519MLKEM768: OpenSSL 3.5 or AWS-LC 1.40 -> haproxy/tlsLibrary/version "3.5"',
      'SecP256r1MLKEM768: OpenSSL 3.5 or AWS-LC 1.40 -> haproxy/tlsLibrary/version "3.5"',
    ]);
  });

  it('supports hybrid-pq but not cnsa2 with AWS-LC', () => {
    expect(missingFor(presets['hybrid-pq'], build('aws-lc', '1.60'))).toEqual([]);
    expect(said(missingFor(presets.cnsa2, build('aws-lc', '1.60')))).toEqual([
      'MLKEM1024: OpenSSL 3.5 -> haproxy/tlsLibrary { name: openssl, version: "3.5" }',
      'mldsa87: OpenSSL 3.5 -> haproxy/tlsLibrary { name: openssl, version: "3.5" }',
    ]);
  });

  it('supports fips only with the FIPS provider of OpenSSL', () => {
    const needs = 'FIPS 140: OpenSSL 3.0 with its FIPS provider (feature provider-fips)';
    expect(said(missingFor(presets.fips, build('openssl', '3.0')))).toEqual([`${needs} -> haproxy/features [provider-fips]`]);
    expect(said(missingFor(presets.fips, build('aws-lc', '1.60', ['provider-fips'])))).toEqual([
      `${needs} -> haproxy/tlsLibrary { name: openssl, version: "3.5" }`,
    ]);
  });
});

describe('acceleration hardware', () => {
  it.each<[string, HaproxyPlan, boolean]>([
    ['through the QAT provider', build('openssl', '3.5', ['provider-qat']), true],
    ['through an engine', build('openssl', '3.5', ['engine']), true],
    ['through an engine of OpenSSL 4.0', build('openssl', '4.0', ['engine']), false],
    ['through a provider before OpenSSL 3.0', build('openssl', '1.1', ['provider-qat']), false],
    ['with AWS-LC', build('aws-lc', '1.60', ['engine']), false],
    ['without a provider or engine', build('openssl', '3.5'), false],
  ])('can be used %s: %s', (_, haproxy, driven) => {
    expect(missingForHardware(haproxy).length === 0).toBe(driven);
    expect(deviceDriver(haproxy) !== undefined).toBe(driven);
  });

  it('uses the provider if a build has both and OpenSSL no longer has engines', () => {
    const both: HaproxyPlan['features'] = ['engine', 'provider-qat'];
    const drivers = ['1.1.1', '3.5', '4.0', '4.0.1'].map((version) => deviceDriver(build('openssl', version, both)));
    expect(drivers).toEqual(['engine', 'engine', 'provider', 'provider']);
  });
});
