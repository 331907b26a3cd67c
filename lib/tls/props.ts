/** Generated from the schemas in `spec.ts`; `npm run schema` writes it anew. */

/**
 * The HAProxy that every termination tier runs.
 */
export interface HaproxyProps {
  /**
   * Digest of the one image that every instance at every site runs.
   */
  readonly imageDigest: string;
  /**
   * Version of HAProxy in the image: a directive it does not know is an error here, not at start.
   */
  readonly version: string;
  /**
   * TLS library HAProxy is linked with.
   */
  readonly tlsLibrary: {
    readonly name: 'openssl' | 'aws-lc';
    /**
     * Version of the library.
     */
    readonly version: string;
  };
  /**
   * Features of the build.
   *
   * @default ["prometheus-exporter"]
   */
  readonly features?: readonly ('prometheus-exporter' | 'engine' | 'provider-qat' | 'provider-fips' | 'kernel-tls')[];
}
/**
 * A firm's own TLS profile, derived from one of the presets.
 */
export interface ProfileProps {
  /**
   * Profile that this one is derived from.
   */
  readonly base: 'strict' | 'compatible' | 'fips' | 'hybrid-pq' | 'cnsa2';
  /**
   * Protocol versions.
   *
   * @minItems 1
   */
  readonly versions?: readonly ('TLSv1.2' | 'TLSv1.3')[];
  /**
   * TLS 1.3 cipher suites, the preferred first (RFC 8446, B.4).
   *
   * @minItems 1
   */
  readonly cipherSuites?: readonly ('TLS_AES_128_GCM_SHA256' | 'TLS_AES_256_GCM_SHA384' | 'TLS_CHACHA20_POLY1305_SHA256')[];
  /**
   * TLS 1.2 cipher suites by their OpenSSL names, the preferred first.
   */
  readonly legacyCipherSuites?: (
    | 'ECDHE-ECDSA-AES128-GCM-SHA256'
    | 'ECDHE-RSA-AES128-GCM-SHA256'
    | 'ECDHE-ECDSA-AES256-GCM-SHA384'
    | 'ECDHE-RSA-AES256-GCM-SHA384'
    | 'ECDHE-ECDSA-CHACHA20-POLY1305'
    | 'ECDHE-RSA-CHACHA20-POLY1305'
  )[];
  /**
   * Key exchange groups, the preferred first (RFC 8446, 4.2.7).
   *
   * @minItems 1
   */
  readonly groups?: readonly (
    | 'X25519MLKEM768'
    | 'SecP256r1MLKEM768'
    | 'SecP384r1MLKEM1024'
    | 'MLKEM1024'
    | 'X25519'
    | 'P-256'
    | 'P-384'
    | 'P-521'
  )[];
  /**
   * Signature algorithms, the preferred first (RFC 8446, 4.2.3).
   *
   * @minItems 1
   */
  readonly signatureAlgorithms?: (
    | 'ecdsa_secp256r1_sha256'
    | 'ecdsa_secp384r1_sha384'
    | 'rsa_pss_rsae_sha256'
    | 'rsa_pss_rsae_sha384'
    | 'rsa_pss_rsae_sha512'
    | 'rsa_pkcs1_sha256'
    | 'ed25519'
    | 'mldsa65'
    | 'mldsa87'
  )[];
  /**
   * The least client authentication of every endpoint of the zone.
   */
  readonly clientAuthentication?: 'none' | 'required';
  /**
   * How sessions resume.
   */
  readonly resumption?: {
    /**
     * Whether sessions resume by ticket.
     */
    readonly tickets: boolean;
    /**
     * How long a ticket is good for, in seconds.
     */
    readonly lifetimeSeconds: number;
  };
  /**
   * Required where the profile is weaker than its base in any attribute.
   */
  readonly weaker?: {
    /**
     * Why the profile may be weaker than its base.
     */
    readonly reason: string;
    /**
     * The day after which it may not be any more.
     */
    readonly expires: string;
  };
}
/**
 * Costs measured on the machines of a site, in place of the defaults.
 */
export interface CalibrationProps {
  /**
   * Where and when the figures were measured.
   */
  readonly source: string;
  /**
   * Processor time of handshakes, in microseconds.
   */
  readonly handshake?: {
    /**
     * Processor time of a connection without its key exchange and signature.
     */
    readonly connectionMicroseconds?: number;
    /**
     * Processor time of a key exchange, by group.
     */
    readonly groups?: {
      readonly X25519MLKEM768?: number;
      readonly SecP256r1MLKEM768?: number;
      readonly SecP384r1MLKEM1024?: number;
      readonly MLKEM1024?: number;
      readonly X25519?: number;
      readonly 'P-256'?: number;
      readonly 'P-384'?: number;
      readonly 'P-521'?: number;
    };
    /**
     * Processor time of the signature and the certificate messages, by key algorithm.
     */
    readonly signatures?: {
      readonly 'ecdsa-p256'?: number;
      readonly 'ecdsa-p384'?: number;
      readonly 'rsa-2048'?: number;
      readonly 'rsa-3072'?: number;
      readonly 'rsa-4096'?: number;
      readonly 'ml-dsa-65'?: number;
      readonly 'ml-dsa-87'?: number;
    };
    /**
     * Processor time to verify a client certificate.
     */
    readonly clientCertificateMicroseconds?: number;
  };
  /**
   * What acceleration devices do.
   */
  readonly device?: {
    /**
     * Processor time to hand over one operation and take back its result.
     */
    readonly submitMicroseconds?: number;
    /**
     * The longest that a finished operation waits to be fetched.
     */
    readonly retrievalMicroseconds?: number;
    /**
     * Finished operations that are fetched at once without waiting.
     */
    readonly batchSize?: number;
    /**
     * Key exchanges on one device, by group.
     */
    readonly groups?: {
      readonly X25519MLKEM768?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly SecP256r1MLKEM768?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly SecP384r1MLKEM1024?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly MLKEM1024?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly X25519?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'P-256'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'P-384'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'P-521'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
    };
    /**
     * Signatures on one device, by key algorithm.
     */
    readonly signatures?: {
      readonly 'ecdsa-p256'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'ecdsa-p384'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'rsa-2048'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'rsa-3072'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'rsa-4096'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'ml-dsa-65'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'ml-dsa-87'?: {
        /**
         * Operations that one device completes in a second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
    };
  };
  /**
   * Memory of an instance.
   */
  readonly memory?: {
    /**
     * Memory of an instance without sessions.
     */
    readonly instanceMebibytes?: number;
    /**
     * Memory of one open session, with its connection to the backend.
     */
    readonly sessionKibibytes?: number;
  };
  /**
   * Share of processors and devices that may be busy at the peak after a failure; the formulas hold up to 0.8.
   */
  readonly targetUtilization?: number;
  /**
   * What one device costs, in processor cores.
   */
  readonly deviceCostInCores?: number;
}
