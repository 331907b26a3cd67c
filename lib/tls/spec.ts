import { z } from 'zod';
import { digest, sentence, version } from '../core/schema';

/** TLS libraries HAProxy can be built with. */
export const tlsLibraries = ['openssl', 'aws-lc'] as const;

/** Features of a build of HAProxy and its TLS library that directives depend on. */
export const buildFeatures = ['prometheus-exporter', 'engine', 'provider-qat', 'provider-fips', 'kernel-tls'] as const;

export const haproxySpec = z
  .strictObject({
    imageDigest: digest.describe('Digest of the one image that every instance at every site runs.'),
    version: version.describe('Version of HAProxy in the image: a directive it does not know is an error here, not at start.'),
    tlsLibrary: z
      .strictObject({ name: z.enum(tlsLibraries), version: version.describe('Version of the library.') })
      .describe('TLS library HAProxy is linked with.'),
    features: z.array(z.enum(buildFeatures)).default(['prometheus-exporter']).describe('Features of the build.'),
  })
  .meta({ id: 'Haproxy', description: 'The HAProxy that every termination tier runs.' });

/** Names of the profiles that come with Diptych. */
export const presetNames = ['strict', 'compatible', 'fips', 'hybrid-pq', 'cnsa2'] as const;

export const cipherSuites = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'] as const;
export const legacyCipherSuites = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
] as const;
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

export const profileSpec = z
  .strictObject({
    base: z.enum(presetNames).describe('Profile that this one is derived from.'),
    versions: z
      .array(z.enum(['TLSv1.2', 'TLSv1.3']))
      .min(1)
      .optional()
      .describe('Protocol versions.'),
    cipherSuites: z.array(z.enum(cipherSuites)).min(1).optional().describe('TLS 1.3 cipher suites, the preferred first (RFC 8446, B.4).'),
    legacyCipherSuites: z
      .array(z.enum(legacyCipherSuites))
      .optional()
      .describe('TLS 1.2 cipher suites by their OpenSSL names, the preferred first.'),
    groups: z.array(z.enum(groups)).min(1).optional().describe('Key exchange groups, the preferred first (RFC 8446, 4.2.7).'),
    signatureAlgorithms: z
      .array(z.enum(signatureAlgorithms))
      .min(1)
      .optional()
      .describe('Signature algorithms, the preferred first (RFC 8446, 4.2.3).'),
    clientAuthentication: z
      .enum(['none', 'required'])
      .optional()
      .describe('The least client authentication of every endpoint of the zone.'),
    resumption: z
      .strictObject({
        tickets: z.boolean().describe('Whether sessions resume by ticket.'),
        lifetimeSeconds: z.int().min(60).max(604_800).describe('How long a ticket is good for, in seconds.'),
      })
      .optional()
      .describe('How sessions resume.'),
    weaker: z
      .strictObject({
        reason: sentence.describe('Why the profile may be weaker than its base.'),
        expires: z.iso.date({ message: 'a day is written as in 2028-10-31' }).describe('The day after which it may not be any more.'),
      })
      .optional()
      .describe('Required where the profile is weaker than its base in any attribute.'),
  })
  .meta({ id: 'Profile', description: "A firm's own TLS profile, derived from one of the presets." });

/** The HAProxy declaration after parsing. */
export type HaproxySpec = z.output<typeof haproxySpec>;
/** A derived profile after parsing. */
export type ProfileSpec = z.output<typeof profileSpec>;
