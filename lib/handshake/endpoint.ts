/** TLS versions, oldest first. */
export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** A version of TLS. */
export type TlsVersion = (typeof tlsVersions)[number];

/** TLS parameters that an endpoint must accept. It must refuse all others. */
export interface ExpectedTls {
  readonly versions: readonly TlsVersion[];
  /** Cipher suites of TLS 1.3. */
  readonly cipherSuites: readonly string[];
  /** Cipher suites of TLS 1.2, as OpenSSL names them. */
  readonly legacyCipherSuites: readonly string[];
  /** Named groups, as RFC 8446 and the NIST name them. */
  readonly groups: readonly string[];
  readonly clientAuthentication: 'none' | 'required';
}

/** One endpoint at one site. */
export interface LiveEndpoint {
  readonly site: string;
  readonly zone: string;
  readonly endpoint: string;
  readonly port: number;
  readonly serverName: string;
  /** Host name or IP address; undefined if it could not be looked up. */
  readonly address?: string;
  /** Why the address could not be looked up. */
  readonly addressFailure?: string;
  readonly expected: ExpectedTls;
}

/** Authorities that the client trusts, and the certificate that it presents. */
export interface ClientFiles {
  /**
   * Authorities in PEM.
   *
   * @default - the authorities that Node trusts
   */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}
