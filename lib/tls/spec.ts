import { z } from 'zod';
import { digest, sentence, version } from '../core/schema';

/** TLS libraries that HAProxy can be built with. */
export const tlsLibraries = ['openssl', 'aws-lc'] as const;

/** Build features of HAProxy and its TLS library that directives depend on. */
export const buildFeatures = ['prometheus-exporter', 'engine', 'provider-qat', 'provider-fips', 'kernel-tls'] as const;

/** The HAProxy build, as a person declares it. */
export const haproxySpec = z
  .strictObject({
    imageDigest: digest.describe('Digest of the HAProxy image. Every instance at every site runs the same image.'),
    version: version.describe('Version of HAProxy in the image. Diptych refuses a description that needs directives of a later version.'),
    tlsLibrary: z
      .strictObject({ name: z.enum(tlsLibraries), version: version.describe('Version of the TLS library.') })
      .describe('TLS library that HAProxy is linked with.'),
    features: z
      .array(z.enum(buildFeatures))
      .default(['prometheus-exporter'])
      .describe('Features that HAProxy and its TLS library were built with.'),
  })
  .meta({ id: 'Haproxy', description: 'The HAProxy that every termination tier runs.' });

/** Names of the profiles that Diptych ships. */
export const presetNames = ['strict', 'compatible', 'fips', 'hybrid-pq', 'cnsa2'] as const;

/** TLS 1.3 cipher suites. @see RFC 8446, B.4 */
export const cipherSuites = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'] as const;
/** TLS 1.2 cipher suites with forward secrecy and AEAD, by their OpenSSL names. @see RFC 9325, 4.2 */
export const legacyCipherSuites = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
] as const;
/** Key exchange groups, by their OpenSSL names. @see RFC 8446, 4.2.7; RFC 10024 */
export const groups = [
  'X25519MLKEM768',
  'SecP256r1MLKEM768',
  'SecP384r1MLKEM1024',
  'MLKEM1024',
  'X25519',
  'P-256',
  'P-384',
  'P-521',
] as const;
/** Signature algorithms of handshakes. @see RFC 8446, 4.2.3 */
export const signatureAlgorithms = [
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha256',
  'ed25519',
  'mldsa65',
  'mldsa87',
] as const;

/** A firm's own profile, as a person writes it. */
export const profileSpec = z
  .strictObject({
    base: z
      .enum(presetNames)
      .describe('Preset that the profile is derived from. Attributes that are not set keep the values of the preset.'),
    versions: z
      .array(z.enum(['TLSv1.2', 'TLSv1.3']))
      .min(1)
      .optional()
      .describe('TLS protocol versions.'),
    cipherSuites: z.array(z.enum(cipherSuites)).min(1).optional().describe('TLS 1.3 cipher suites in order of preference (RFC 8446, B.4).'),
    legacyCipherSuites: z
      .array(z.enum(legacyCipherSuites))
      .optional()
      .describe('TLS 1.2 cipher suites by their OpenSSL names, in order of preference.'),
    groups: z.array(z.enum(groups)).min(1).optional().describe('Key exchange groups in order of preference (RFC 8446, 4.2.7).'),
    signatureAlgorithms: z
      .array(z.enum(signatureAlgorithms))
      .min(1)
      .optional()
      .describe('Signature algorithms in order of preference (RFC 8446, 4.2.3).'),
    clientAuthentication: z.enum(['none', 'required']).optional().describe('Minimum client authentication of every endpoint of the zone.'),
    resumption: z
      .strictObject({
        tickets: z.boolean().describe('Whether clients may resume sessions with tickets (RFC 8446, 4.6.1).'),
        lifetimeSeconds: z.int().min(60).max(604_800).describe('Lifetime of a session ticket, in seconds.'),
      })
      .optional()
      .describe('Session resumption.'),
    weaker: z
      .strictObject({
        reason: sentence.describe('Why the profile may be weaker than its base.'),
        expires: z.iso
          .date({ message: 'a date must be written as YYYY-MM-DD, such as 2028-10-31' })
          .describe('Last day on which the profile may be weaker than its base (YYYY-MM-DD, UTC).'),
      })
      .optional()
      .describe('Permission to be weaker than the base. Required if any attribute is weaker.'),
  })
  .meta({ id: 'Profile', description: "A firm's own TLS profile, derived from one of the presets." });

/** The HAProxy build after parsing. */
export type HaproxySpec = z.output<typeof haproxySpec>;
/** A firm's own profile after parsing. */
export type ProfileSpec = z.output<typeof profileSpec>;
