import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../lib/tls/profiles';
import { cipherSuites, groups, legacyCipherSuites, signatureAlgorithms } from '../../lib/tls/spec';
import {
  compareAttribute,
  compareProfiles,
  type Relation,
  type Strength,
  strengthAttributes,
  weakerAttributes,
} from '../../lib/tls/strength';

const some = <T extends string>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: 1 });

const profile: fc.Arbitrary<Strength> = fc.record({
  versions: some(['TLSv1.2', 'TLSv1.3'] as const),
  cipherSuites: some(cipherSuites),
  legacyCipherSuites: fc.shuffledSubarray([...legacyCipherSuites]),
  groups: some(groups),
  signatureAlgorithms: some(signatureAlgorithms),
  clientAuthentication: fc.constantFrom('none', 'required'),
  resumption: fc.record({ tickets: fc.boolean(), lifetimeSeconds: fc.integer({ min: 60, max: 604_800 }) }),
  fipsProvider: fc.boolean(),
});

const turned: Readonly<Record<Relation, Relation>> = {
  stronger: 'weaker',
  weaker: 'stronger',
  equal: 'equal',
  incomparable: 'incomparable',
};
const atLeast = (relation: Relation) => relation === 'stronger' || relation === 'equal';
const strict = presets.strict;

describe('the strength of profiles', () => {
  it('is a partial order in every attribute', () => {
    fc.assert(
      fc.property(profile, profile, profile, fc.constantFrom(...strengthAttributes), (one, other, third, attribute) => {
        const compare = (left: Strength, right: Strength) => compareAttribute(attribute, left, right);
        expect(compare(one, one)).toBe('equal');
        expect(compare(one, other)).toBe(turned[compare(other, one)]);
        if (atLeast(compare(one, other)) && atLeast(compare(other, third))) expect(atLeast(compare(one, third))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, Partial<Strength>, keyof Strength, Relation]>([
    ['TLS 1.2 beside 1.3', { versions: ['TLSv1.2', 'TLSv1.3'] }, 'versions', 'weaker'],
    ['TLS 1.2 alone', { versions: ['TLSv1.2'] }, 'versions', 'weaker'],
    ['fewer suites, the longest keys first', { cipherSuites: ['TLS_AES_256_GCM_SHA384'] }, 'cipherSuites', 'stronger'],
    ['the same suites, short keys first', { cipherSuites: ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'] }, 'cipherSuites', 'weaker'],
    ['hybrid groups alone', { groups: ['X25519MLKEM768'] }, 'groups', 'stronger'],
    ['hybrid groups first', { groups: ['SecP384r1MLKEM1024', 'X25519', 'P-256'] }, 'groups', 'stronger'],
    ['without the largest curve', { groups: ['X25519'] }, 'groups', 'weaker'],
    ['client certificates', { clientAuthentication: 'required' }, 'clientAuthentication', 'stronger'],
    ['longer tickets', { resumption: { tickets: true, lifetimeSeconds: 7_200 } }, 'resumption', 'weaker'],
    ['no tickets', { resumption: { tickets: false, lifetimeSeconds: 7_200 } }, 'resumption', 'stronger'],
    [
      'a signature without a proof',
      { signatureAlgorithms: [...strict.signatureAlgorithms, 'rsa_pkcs1_sha256'] },
      'signatureAlgorithms',
      'weaker',
    ],
    [
      'a post-quantum signature first',
      { signatureAlgorithms: ['mldsa65', ...strict.signatureAlgorithms] },
      'signatureAlgorithms',
      'stronger',
    ],
  ])('compares %s with strict', (_, changed, attribute, relation) => {
    expect(compareAttribute(attribute, { ...strict, ...changed }, strict)).toBe(relation);
  });

  it('treats ML-KEM-1024 and the hybrid X25519MLKEM768 as incomparable', () => {
    expect(compareAttribute('groups', { ...strict, groups: ['MLKEM1024'] }, { ...strict, groups: ['X25519MLKEM768'] })).toBe(
      'incomparable',
    );
  });

  it('counts TLS 1.2 cipher suites only if TLS 1.2 is offered', () => {
    const offered: Strength = { ...strict, legacyCipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'] };
    expect(compareAttribute('legacyCipherSuites', offered, strict)).toBe('equal');
    expect(compareAttribute('legacyCipherSuites', { ...offered, versions: ['TLSv1.2', 'TLSv1.3'] }, strict)).toBe('weaker');
  });

  it('lists the attributes in which compatible is weaker than strict', () => {
    expect(weakerAttributes(presets.compatible, strict)).toEqual(['versions', 'legacyCipherSuites', 'signatureAlgorithms']);
    expect(compareProfiles(presets.cnsa2, strict)).toMatchObject({
      versions: 'equal',
      cipherSuites: 'stronger',
      groups: 'stronger',
      resumption: 'stronger',
    });
  });
});
