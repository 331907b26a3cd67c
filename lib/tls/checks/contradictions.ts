import type { Problem } from '../../core/problem';
import { tlsProblem } from '../codes';
import type { ProfilePlan } from '../plan-schema';

type Group = ProfilePlan['groups'][number];

/** Groups that TLS 1.2 supports; all others exist in TLS 1.3 only. @see RFC 10024; draft-ietf-tls-mlkem-11 */
const legacyGroups: readonly Group[] = ['X25519', 'P-256', 'P-384', 'P-521'];

/** Algorithms that NIST has not approved, so that OpenSSL's FIPS provider refuses them. @see SP 800-52 Rev. 2, 3.3.1; SP 800-56A Rev. 3 */
const unapproved: readonly string[] = [
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'X25519',
  'ed25519',
];

function checkSuites(profile: ProfilePlan, path: string): Problem[] {
  const legacy = profile.versions.includes('TLSv1.2');
  if (legacy && profile.legacyCipherSuites.length === 0)
    return [
      tlsProblem('TLS002', `${path}/legacyCipherSuites`, {
        wrong: 'the profile offers TLS 1.2 without a TLS 1.2 cipher suite',
        rule: 'a profile with TLS 1.2 must have at least one cipher suite for it',
        fix: `Set ${path}/legacyCipherSuites to [ECDHE-ECDSA-AES256-GCM-SHA384, ECDHE-RSA-AES256-GCM-SHA384].`,
      }),
    ];
  if (!legacy && profile.legacyCipherSuites.length > 0)
    return [
      tlsProblem('TLS002', `${path}/legacyCipherSuites`, {
        wrong: `the profile has TLS 1.2 cipher suites (${profile.legacyCipherSuites.join(', ')}) without TLS 1.2`,
        rule: 'a profile must have cipher suites of the versions that it offers only',
        fix: `Set ${path}/legacyCipherSuites to [].`,
      }),
    ];
  return [];
}

function checkGroups(profile: ProfilePlan, path: string): Problem[] {
  if (!profile.versions.includes('TLSv1.2') || profile.groups.some((group) => legacyGroups.includes(group))) return [];
  return [
    tlsProblem('TLS002', `${path}/versions`, {
      wrong: `the profile offers TLS 1.2, and its groups (${profile.groups.join(', ')}) exist in TLS 1.3 only`,
      rule: 'a profile with TLS 1.2 must have a group that TLS 1.2 supports',
      fix: `Set ${path}/versions to [TLSv1.3].`,
    }),
  ];
}

function checkApproval(profile: ProfilePlan, path: string): Problem[] {
  if (!profile.fipsProvider) return [];
  return (['cipherSuites', 'legacyCipherSuites', 'groups', 'signatureAlgorithms'] as const).flatMap((attribute) => {
    const found = profile[attribute].filter((value) => unapproved.includes(value));
    if (found.length === 0) return [];
    const left = profile[attribute].filter((value) => !unapproved.includes(value));
    return tlsProblem('TLS002', `${path}/${attribute}`, {
      wrong: `the profile offers ${found.join(', ')}, which NIST has not approved`,
      rule: 'a profile derived from fips must offer approved algorithms only',
      fix: `Set ${path}/${attribute} to [${left.join(', ')}].`,
    });
  });
}

/** Finds combinations in a profile that no build can serve. */
export function contradictionsOf(profile: ProfilePlan, path: string): Problem[] {
  return [...checkSuites(profile, path), ...checkGroups(profile, path), ...checkApproval(profile, path)];
}
