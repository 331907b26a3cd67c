/** Generated from the schemas in `spec.ts`; `npm run schema` writes it anew. */

/**
 * The HAProxy that every termination tier runs.
 */
export interface HaproxyProps {
  /**
   * Digest of the HAProxy image. Every instance at every site runs the same image.
   */
  readonly imageDigest: string;
  /**
   * Version of HAProxy in the image. Diptych refuses a description that needs directives of a later version.
   */
  readonly version: string;
  /**
   * TLS library that HAProxy is linked with.
   */
  readonly tlsLibrary: {
    readonly name: 'openssl' | 'aws-lc';
    /**
     * Version of the TLS library.
     */
    readonly version: string;
  };
  /**
   * Features that HAProxy and its TLS library were built with.
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
   * Preset that the profile is derived from. Attributes that are not set keep the values of the preset.
   */
  readonly base: 'strict' | 'compatible' | 'fips' | 'hybrid-pq' | 'cnsa2';
  /**
   * TLS protocol versions.
   *
   * @minItems 1
   */
  readonly versions?: readonly ('TLSv1.2' | 'TLSv1.3')[];
  /**
   * TLS 1.3 cipher suites in order of preference (RFC 8446, B.4).
   *
   * @minItems 1
   */
  readonly cipherSuites?: readonly ('TLS_AES_128_GCM_SHA256' | 'TLS_AES_256_GCM_SHA384' | 'TLS_CHACHA20_POLY1305_SHA256')[];
  /**
   * TLS 1.2 cipher suites by their OpenSSL names, in order of preference.
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
   * Key exchange groups in order of preference (RFC 8446, 4.2.7).
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
   * Signature algorithms in order of preference (RFC 8446, 4.2.3).
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
   * Minimum client authentication of every endpoint of the zone.
   */
  readonly clientAuthentication?: 'none' | 'required';
  /**
   * Session resumption.
   */
  readonly resumption?: {
    /**
     * Whether clients may resume sessions with tickets (RFC 8446, 4.6.1).
     */
    readonly tickets: boolean;
    /**
     * Lifetime of a session ticket, in seconds.
     */
    readonly lifetimeSeconds: number;
  };
  /**
   * Permission to be weaker than the base. Required if any attribute is weaker.
   */
  readonly weaker?: {
    /**
     * Why the profile may be weaker than its base.
     */
    readonly reason: string;
    /**
     * Last day on which the profile may be weaker than its base (YYYY-MM-DD, UTC).
     */
    readonly expires: string;
  };
}
/**
 * Costs measured on the machines of a site, which replace the defaults.
 */
export interface CalibrationProps {
  /**
   * Where and when the costs were measured.
   */
  readonly source: string;
  /**
   * Processor time of handshakes, in microseconds.
   */
  readonly handshake?: {
    /**
     * Processor time of a connection without its key exchange and signature, in microseconds.
     */
    readonly connectionMicroseconds?: number;
    /**
     * Processor time of a key exchange, in microseconds, by group.
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
     * Processor time of the signature and the certificate messages, in microseconds, by key algorithm.
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
     * Processor time to verify a client certificate, in microseconds.
     */
    readonly clientCertificateMicroseconds?: number;
  };
  /**
   * Costs and performance of acceleration devices.
   */
  readonly device?: {
    /**
     * Processor time to submit one operation to a device and receive its result, in microseconds.
     */
    readonly submitMicroseconds?: number;
    /**
     * Longest time that a finished operation waits until HAProxy retrieves it, in microseconds.
     */
    readonly retrievalMicroseconds?: number;
    /**
     * Number of finished operations that trigger an immediate retrieval.
     */
    readonly batchSize?: number;
    /**
     * Throughput and latency of key exchanges on one device, by group.
     */
    readonly groups?: {
      readonly X25519MLKEM768?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly SecP256r1MLKEM768?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly SecP384r1MLKEM1024?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly MLKEM1024?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly X25519?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'P-256'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'P-384'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'P-521'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
    };
    /**
     * Throughput and latency of signatures on one device, by key algorithm.
     */
    readonly signatures?: {
      readonly 'ecdsa-p256'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'ecdsa-p384'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'rsa-2048'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'rsa-3072'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'rsa-4096'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'ml-dsa-65'?: {
        /**
         * Operations that one device completes per second.
         */
        readonly perSecond: number;
        /**
         * Round trip of one operation through an idle device, in microseconds.
         */
        readonly microseconds: number;
      };
      readonly 'ml-dsa-87'?: {
        /**
         * Operations that one device completes per second.
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
     * Memory of an instance without sessions, in MiB.
     */
    readonly instanceMebibytes?: number;
    /**
     * Memory of one open session including its connection to the backend, in KiB.
     */
    readonly sessionKibibytes?: number;
  };
  /**
   * Maximum utilization of processors and devices at peak load after the loss of a failure domain; the sizing formulas are valid up to 0.8.
   */
  readonly targetUtilization?: number;
  /**
   * Cost of one device, expressed in processor cores.
   */
  readonly deviceCostInCores?: number;
}
