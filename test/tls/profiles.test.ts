import { describe, expect, it } from 'vitest';
import { contradictionsOf } from '../../lib/tls/checks/contradictions';
import { checkExpiries, checkProfiles, deriveProfile, findProfile, isExpired } from '../../lib/tls/checks/derive';
import { isUsable, servesLegacy, usableKeys } from '../../lib/tls/key-algorithms';
import { profilePlan } from '../../lib/tls/plan-schema';
import { presets } from '../../lib/tls/profiles';
import { presetNames, profileSpec } from '../../lib/tls/spec';

const own = (spec: object) => ({ own: profileSpec.parse({ base: 'strict', ...spec }) });
const codes = (spec: object) => checkProfiles(own(spec)).map(({ code }) => code);
const weaker = { reason: 'One partner has not migrated yet', expires: '2027-10-31' };

describe.each(presetNames)('the preset %s', (name) => {
  it('is complete, names its source and has no contradiction', () => {
    expect(profilePlan.parse(presets[name])).toEqual(presets[name]);
    expect(presets[name]).toMatchObject({ name, base: name });
    expect(presets[name].source).toMatch(/RFC|NIST|NSA/);
    expect(contradictionsOf(presets[name], name)).toEqual([]);
    expect(usableKeys(presets[name])).not.toEqual([]);
  });
});

describe('the presets', () => {
  it('offer nothing weaker than TLS 1.2 with forward secrecy and authenticated encryption', () => {
    for (const { versions, legacyCipherSuites } of Object.values(presets)) {
      expect(versions.every((version) => version === 'TLSv1.2' || version === 'TLSv1.3')).toBe(true);
      expect(legacyCipherSuites.every((suite) => /^ECDHE-.*(?:GCM|POLY1305)/.test(suite))).toBe(true);
    }
  });

  it('prefer the hybrid group in hybrid-pq, and offer nothing classical in cnsa2', () => {
    expect(presets['hybrid-pq'].groups[0]).toBe('X25519MLKEM768');
    expect([presets.cnsa2.groups, presets.cnsa2.signatureAlgorithms]).toEqual([['MLKEM1024'], ['mldsa87']]);
  });
});

describe('a derived profile', () => {
  it('has the attributes of its base, its own changes, and the reason why it may be weaker', () => {
    const profile = deriveProfile('own', own({ groups: ['P-384'], weaker }).own);
    expect(profile).toMatchObject({ name: 'own', base: 'strict', groups: ['P-384'], versions: ['TLSv1.3'], weaker });
    expect(profile.source).toContain(presets.strict.source);
    expect(profilePlan.parse(profile)).toEqual(profile);
  });

  it('is refused if any attribute is weaker without a reason and an end date, and the error names the attributes', () => {
    const changed = { groups: ['P-256'], resumption: { tickets: true, lifetimeSeconds: 86_400 } };
    expect(checkProfiles(own(changed))[0]?.message).toContain('groups weaker, resumption weaker');
    expect(codes(changed)).toEqual(['TLS001']);
    expect(codes({ ...changed, weaker })).toEqual([]);
  });

  it('needs no permission if it is stronger', () => {
    expect(codes({ cipherSuites: ['TLS_AES_256_GCM_SHA384'], clientAuthentication: 'required' })).toEqual([]);
  });

  it.each([
    ['TLS 1.2 without suites', { versions: ['TLSv1.2', 'TLSv1.3'] }],
    ['suites of TLS 1.2 without the version', { legacyCipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'] }],
    ['TLS 1.2 with groups of TLS 1.3 only', { base: 'compatible', groups: ['X25519MLKEM768'] }],
    ['ChaCha20 under FIPS', { base: 'fips', cipherSuites: ['TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_256_GCM_SHA384'] }],
    ['X25519 under FIPS', { base: 'fips', groups: ['X25519', 'P-256'] }],
  ])('contradicts itself with %s', (_, spec) => {
    expect(codes({ ...spec, weaker })).toEqual(['TLS002']);
  });

  it('may be weaker until the end of its last day', () => {
    const profile = deriveProfile('own', own({ weaker }).own);
    expect(isExpired(profile, new Date('2027-10-31T23:59:59Z'))).toBe(false);
    expect(isExpired(profile, new Date('2027-11-01T00:00:00Z'))).toBe(true);
    expect(isExpired(presets.strict, new Date('2099-01-01T00:00:00Z'))).toBe(false);
  });

  it('is refused after its last day', () => {
    const spent = (at: string) => checkExpiries(own({ weaker }), new Date(at)).map(({ code, path }) => `${code} ${path}`);
    expect(spent('2027-10-31T23:59:59Z')).toEqual([]);
    expect(spent('2027-11-01T00:00:00Z')).toEqual(['TLS003 profiles/own/weaker/expires']);
  });

  it('is found by its name, but not by the name of an inherited property', () => {
    expect(findProfile('own', own({}))?.base).toBe('strict');
    expect(findProfile('fips', {})).toBe(presets.fips);
    expect(findProfile('toString', {})).toBeUndefined();
  });
});

describe('a certificate key', () => {
  it('is usable if it fits a signature algorithm of the profile', () => {
    expect(usableKeys(presets.strict)).toEqual(['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096']);
    expect(usableKeys(presets.cnsa2)).toEqual(['ml-dsa-87']);
  });

  it('of type RSA is not usable in TLS 1.3 with PKCS #1 v1.5 alone', () => {
    const profile = { ...presets.strict, signatureAlgorithms: ['rsa_pkcs1_sha256' as const] };
    expect(isUsable('rsa-2048', profile)).toBe(false);
    expect(isUsable('rsa-2048', { ...profile, versions: ['TLSv1.2'], legacyCipherSuites: presets.compatible.legacyCipherSuites })).toBe(
      true,
    );
  });

  it('fits TLS 1.2 cipher suites that name its type', () => {
    const profile = { ...presets.compatible, legacyCipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384' as const] };
    expect([servesLegacy('rsa-2048', profile), servesLegacy('ecdsa-p256', profile), servesLegacy('ml-dsa-65', profile)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
