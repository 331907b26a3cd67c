import type { ProfilePlan } from './plan-schema';
import type { presetNames } from './spec';

type PresetName = (typeof presetNames)[number];

const strict: ProfilePlan = {
  name: 'strict',
  base: 'strict',
  source: 'RFC 8446 (TLS 1.3); RFC 9325 / BCP 195 (Recommendations for Secure Use of TLS)',
  versions: ['TLSv1.3'],
  cipherSuites: ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  legacyCipherSuites: [],
  groups: ['X25519', 'P-256', 'P-384'],
  signatureAlgorithms: [
    'ecdsa_secp256r1_sha256',
    'ecdsa_secp384r1_sha384',
    'ed25519',
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
  ],
  clientAuthentication: 'none',
  resumption: { tickets: true, lifetimeSeconds: 3_600 },
  fipsProvider: false,
};

const compatible: ProfilePlan = {
  ...strict,
  name: 'compatible',
  base: 'compatible',
  source: 'RFC 9325 / BCP 195, sections 3.1, 4.2 and 4.4 (TLS 1.2 with forward secrecy and AEAD, and TLS 1.3)',
  versions: ['TLSv1.2', 'TLSv1.3'],
  legacyCipherSuites: [
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
  ],
  // Many TLS 1.2 clients cannot verify PSS signatures. TLS 1.3 does not use this algorithm in handshakes (RFC 8446, 4.2.3).
  signatureAlgorithms: [...strict.signatureAlgorithms, 'rsa_pkcs1_sha256'],
};

const fips: ProfilePlan = {
  ...strict,
  name: 'fips',
  base: 'fips',
  source: 'NIST SP 800-52 Rev. 2, sections 3.1 and 3.3; NIST SP 800-186 (curves); FIPS 186-5 (signatures)',
  versions: ['TLSv1.2', 'TLSv1.3'],
  cipherSuites: ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'],
  legacyCipherSuites: [
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
  ],
  groups: ['P-256', 'P-384', 'P-521'],
  signatureAlgorithms: [
    'ecdsa_secp256r1_sha256',
    'ecdsa_secp384r1_sha384',
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
  ],
  fipsProvider: true,
};

const hybridPostQuantum: ProfilePlan = {
  ...strict,
  name: 'hybrid-pq',
  base: 'hybrid-pq',
  source: 'RFC 10024 (Post-Quantum Traditional (PQ/T) Hybrid Key Agreement Mechanisms for TLS 1.3); FIPS 203 (ML-KEM); RFC 8446',
  groups: ['X25519MLKEM768', 'SecP256r1MLKEM768', 'X25519', 'P-256'],
};

const cnsa2: ProfilePlan = {
  ...strict,
  name: 'cnsa2',
  base: 'cnsa2',
  source: 'NSA CNSA 2.0 (ML-KEM-1024, ML-DSA-87, AES-256, SHA-384); draft-becker-cnsa2-tls-profile-03; draft-ietf-tls-mlkem-11',
  cipherSuites: ['TLS_AES_256_GCM_SHA384'],
  groups: ['MLKEM1024'],
  signatureAlgorithms: ['mldsa87'],
  // HAProxy authenticates tickets with HMAC-SHA-256, which CNSA 2.0 does not include.
  resumption: { tickets: false, lifetimeSeconds: 3_600 },
};

/** The profiles that Diptych ships, each with the standards that it follows. */
export const presets: Readonly<Record<PresetName, ProfilePlan>> = { strict, compatible, fips, 'hybrid-pq': hybridPostQuantum, cnsa2 };
