import type { EndpointPlan } from '../zones/plan-schema';
import type { ProfilePlan } from './plan-schema';

type KeyAlgorithm = EndpointPlan['keyAlgorithms'][number];
type SignatureAlgorithm = ProfilePlan['signatureAlgorithms'][number];

const pss: readonly SignatureAlgorithm[] = ['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512'];

/** Signature algorithms that fit each key algorithm. @see RFC 8446, 4.2.3; draft-ietf-tls-mldsa */
const signedBy: Readonly<Record<KeyAlgorithm, readonly SignatureAlgorithm[]>> = {
  'ecdsa-p256': ['ecdsa_secp256r1_sha256'],
  'ecdsa-p384': ['ecdsa_secp384r1_sha384'],
  'rsa-2048': [...pss, 'rsa_pkcs1_sha256'],
  'rsa-3072': [...pss, 'rsa_pkcs1_sha256'],
  'rsa-4096': [...pss, 'rsa_pkcs1_sha256'],
  'ml-dsa-65': ['mldsa65'],
  'ml-dsa-87': ['mldsa87'],
};

/** How TLS 1.2 cipher suites name the key type of the certificate. ML-DSA has no entry because TLS 1.2 cannot use it. */
const legacySuiteInfixes: readonly { readonly starts: string; readonly infix: string }[] = [
  { starts: 'ecdsa', infix: '-ECDSA-' },
  { starts: 'rsa', infix: '-RSA-' },
];

/** True if a profile can serve a certificate with such a key in at least one of its protocol versions. TLS 1.3 does not sign with PKCS #1 v1.5. */
export function isUsable(key: KeyAlgorithm, profile: ProfilePlan): boolean {
  const signatures = signedBy[key].filter((algorithm) => profile.signatureAlgorithms.includes(algorithm));
  const modern = profile.versions.includes('TLSv1.3') && signatures.some((algorithm) => algorithm !== 'rsa_pkcs1_sha256');
  return modern || (signatures.length > 0 && servesLegacy(key, profile));
}

/** True if a TLS 1.2 cipher suite of the profile fits a certificate with such a key. */
export function servesLegacy(key: KeyAlgorithm, { versions, legacyCipherSuites }: ProfilePlan): boolean {
  const infix = legacySuiteInfixes.find(({ starts }) => key.startsWith(starts))?.infix;
  return versions.includes('TLSv1.2') && infix !== undefined && legacyCipherSuites.some((suite) => suite.includes(infix));
}

/** Lists the key algorithms that a profile can use, the cheapest of each type first. */
export function usableKeys(profile: ProfilePlan): KeyAlgorithm[] {
  return (Object.keys(signedBy) as KeyAlgorithm[]).filter((key) => isUsable(key, profile));
}
