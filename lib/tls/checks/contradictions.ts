import { type Problem, problem } from '../../core/problem';
import type { ProfilePlan } from '../plan-schema';

type Group = ProfilePlan['groups'][number];

/** Groups that TLS 1.2 knows; the others exist in TLS 1.3 only (RFC 10024; draft-ietf-tls-mlkem-11). */
const legacyGroups: readonly Group[] = ['X25519', 'P-256', 'P-384', 'P-521'];

/** What NIST has not approved, and OpenSSL's FIPS provider therefore refuses (SP 800-52 Rev. 2, 3.3.1; SP 800-56A Rev. 3). */
const unapproved: readonly string[] = [
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'X25519',
  'ed25519',
];

function suites(profile: ProfilePlan, path: string): Problem[] {
  const legacy = profile.versions.includes('TLSv1.2');
  if (legacy && profile.legacyCipherSuites.length === 0)
    return [
      problem('TLS002', `${path}/legacyCipherSuites`, {
        cannot: 'offer TLS 1.2',
        as: 'the profile has no cipher suite for it',
        value: profile.legacyCipherSuites,
        fix: `Set ${path}/legacyCipherSuites to [ECDHE-ECDSA-AES256-GCM-SHA384, ECDHE-RSA-AES256-GCM-SHA384].`,
      }),
    ];
  if (!legacy && profile.legacyCipherSuites.length > 0)
    return [
      problem('TLS002', `${path}/legacyCipherSuites`, {
        cannot: 'use cipher suites of TLS 1.2',
        as: 'the profile does not offer that version',
        value: profile.legacyCipherSuites,
        fix: `Set ${path}/legacyCipherSuites to [].`,
      }),
    ];
  return [];
}

function keyExchange(profile: ProfilePlan, path: string): Problem[] {
  if (!profile.versions.includes('TLSv1.2') || profile.groups.some((group) => legacyGroups.includes(group))) return [];
  return [
    problem('TLS002', `${path}/versions`, {
      cannot: 'offer TLS 1.2',
      as: 'every group of the profile exists in TLS 1.3 only',
      value: profile.groups,
      fix: `Set ${path}/versions to [TLSv1.3].`,
    }),
  ];
}

function approval(profile: ProfilePlan, path: string): Problem[] {
  if (!profile.fipsProvider) return [];
  return (['cipherSuites', 'legacyCipherSuites', 'groups', 'signatureAlgorithms'] as const).flatMap((attribute) => {
    const found = profile[attribute].filter((value) => unapproved.includes(value));
    if (found.length === 0) return [];
    const left = profile[attribute].filter((value) => !unapproved.includes(value));
    return problem('TLS002', `${path}/${attribute}`, {
      cannot: `offer ${found.join(', ')}`,
      as: 'a profile that is derived from fips keeps to what NIST has approved',
      value: profile[attribute],
      fix: `Set ${path}/${attribute} to [${left.join(', ')}].`,
    });
  });
}

/** What in a profile can never work, on any build. */
export function contradictionsOf(profile: ProfilePlan, path: string): Problem[] {
  return [...suites(profile, path), ...keyExchange(profile, path), ...approval(profile, path)];
}
