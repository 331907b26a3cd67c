import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { ClientFiles, LiveEndpoint, TlsVersion } from './endpoint';

/** What a client offers in one handshake. */
export interface Offer {
  readonly version: TlsVersion;
  /** Cipher suites as OpenSSL lists them. */
  readonly ciphers?: string;
  /** Groups as OpenSSL lists them. */
  readonly groups?: string;
  /** True if the client presents its certificate. */
  readonly identified: boolean;
}

/** Result of a handshake. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly cipher: string; readonly authorized: boolean; readonly authorizationError?: string }
  /** The server refused the offer or closed the connection. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The server cannot be reached, or this client does not support the offer. */
  | { readonly kind: 'unknown'; readonly code: string };

/** Time limit of a handshake. */
const timeoutMilliseconds = 5_000;

/**
 * Time to wait for a late refusal in TLS 1.3, where the client completes the handshake before the server checks its certificate.
 *
 * A session ticket shows earlier that the server has accepted the client.
 */
const lateRefusalMilliseconds = 2_000;

/** Errors of the network, and of a local TLS library that does not support the offer. */
const localErrors =
  /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SSL_NO_PROTOCOLS_AVAILABLE|ERR_SSL_NO_CIPHERS_AVAILABLE|ERR_SSL_NO_CIPHER_MATCH|ERR_SSL_NO_SUITABLE_GROUPS|ERR_CRYPTO_OPERATION_FAILED)$/;

/** Makes one handshake and says how it ended. */
export function handshake(
  { address, addressFailure, port, serverName }: LiveEndpoint,
  offer: Offer,
  client: ClientFiles,
): Promise<Outcome> {
  if (address === undefined) return Promise.resolve({ kind: 'unknown', code: addressFailure ?? 'no address' });
  return new Promise((resolve) => {
    let socket: TLSSocket;
    let established: Outcome | undefined;
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      socket?.destroy();
      resolve(outcome);
    };
    const failed = (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.message;
      end({ kind: localErrors.test(code) ? 'unknown' : 'refused', code });
    };
    const timer = setTimeout(() => end({ kind: 'unknown', code: `no answer within ${timeoutMilliseconds / 1000} s` }), timeoutMilliseconds);
    try {
      socket = connect({ host: address, port, servername: serverName, ...optionsOf(offer, client) });
    } catch (error) {
      // An offer that the local library rejects says nothing about the server.
      end({ kind: 'unknown', code: (error as NodeJS.ErrnoException).code ?? (error as Error).message });
      return;
    }
    socket.once('error', failed);
    // A server without a backend closes the connection at once. A refusal of the offer arrives as an alert, before the close.
    socket.once('close', () => end(established ?? { kind: 'refused', code: 'closed' }));
    socket.once('secureConnect', () => {
      const accepted = acceptedBy(socket);
      established = accepted;
      if (offer.version !== 'TLSv1.3') end(accepted);
      socket.once('session', () => end(accepted));
      setTimeout(() => end(accepted), lateRefusalMilliseconds).unref();
    });
    // Alerts after the handshake are only processed while the socket is being read.
    socket.resume();
  });
}

function optionsOf({ version, ciphers, groups, identified }: Offer, { ca, certificate, key }: ClientFiles): ConnectionOptions {
  const old = version === 'TLSv1' || version === 'TLSv1.1';
  return {
    minVersion: version,
    maxVersion: version,
    // OpenSSL supports TLS 1.0 and 1.1 only at security level 0.
    ...(ciphers !== undefined ? { ciphers } : old && { ciphers: 'ALL:@SECLEVEL=0' }),
    ...(groups !== undefined && { ecdhCurve: groups }),
    ...(ca !== undefined && { ca }),
    ...(identified && { cert: certificate, key }),
    rejectUnauthorized: false,
  };
}

function acceptedBy(socket: TLSSocket): Outcome {
  const { authorized, authorizationError } = socket;
  const reason = authorizationError ? String(authorizationError) : undefined;
  return { kind: 'accepted', cipher: socket.getCipher().name, authorized, ...(reason !== undefined && { authorizationError: reason }) };
}
