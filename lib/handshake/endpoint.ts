/** TLS versions, from the oldest on. */
export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** A version of TLS. */
export type TlsVersion = (typeof tlsVersions)[number];

/** What an endpoint has to accept and to refuse. */
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
  /** Where it listens; absent where nobody could say. */
  readonly address?: string;
  /** Why nobody could say it. */
  readonly addressFailure?: string;
  readonly expected: ExpectedTls;
}

/** What a client of ours trusts and shows. */
export interface ClientFiles {
  /** Authorities in PEM; without any, those that Node trusts. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}
