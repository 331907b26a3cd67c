import type { EndpointPlan } from '../zones/plan-schema';
import type { ProfilePlan } from './plan-schema';

type KeyAlgorithm = EndpointPlan['keyAlgorithms'][number];
type SignatureAlgorithm = ProfilePlan['signatureAlgorithms'][number];

const pss: readonly SignatureAlgorithm[] = ['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512'];

/** Signature algorithms that a key can sign a handshake with. @see RFC 8446, 4.2.3; draft-ietf-tls-mldsa */
const signedBy: Readonly<Record<KeyAlgorithm, readonly SignatureAlgorithm[]>> = {
  'ecdsa-p256': ['ecdsa_secp256r1_sha256'],
  'ecdsa-p384': ['ecdsa_secp384r1_sha384'],
  'rsa-2048': [...pss, 'rsa_pkcs1_sha256'],
  'rsa-3072': [...pss, 'rsa_pkcs1_sha256'],
  'rsa-4096': [...pss, 'rsa_pkcs1_sha256'],
  'ml-dsa-65': ['mldsa65'],
  'ml-dsa-87': ['mldsa87'],
};

/** TLS 1.2 names the kind of certificate in its suites; TLS 1.3 does not sign with PKCS #1 v1.5, nor TLS 1.2 with ML-DSA. */
const legacySuiteInfixes: readonly { readonly starts: string; readonly mark: string }[] = [
  { starts: 'ecdsa', mark: '-ECDSA-' },
  { starts: 'rsa', mark: '-RSA-' },
];

/** Whether a certificate of a key algorithm can be used under a profile, in any of its versions. */
export function isUsable(key: KeyAlgorithm, profile: ProfilePlan): boolean {
  const signatures = signedBy[key].filter((algorithm) => profile.signatureAlgorithms.includes(algorithm));
  const modern = profile.versions.includes('TLSv1.3') && signatures.some((algorithm) => algorithm !== 'rsa_pkcs1_sha256');
  return modern || (signatures.length > 0 && servesLegacy(key, profile));
}

/** Whether a certificate of a key algorithm fits a suite of TLS 1.2 that the profile has. */
export function servesLegacy(key: KeyAlgorithm, { versions, legacyCipherSuites }: ProfilePlan): boolean {
  const mark = legacySuiteInfixes.find(({ starts }) => key.startsWith(starts))?.mark;
  return versions.includes('TLSv1.2') && mark !== undefined && legacyCipherSuites.some((suite) => suite.includes(mark));
}

/** Key algorithms that a profile can use, the cheapest of each kind first. */
export function usableKeys(profile: ProfilePlan): KeyAlgorithm[] {
  return (Object.keys(signedBy) as KeyAlgorithm[]).filter((key) => isUsable(key, profile));
}
