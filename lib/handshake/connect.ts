import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { ClientFiles, LiveEndpoint, TlsVersion } from './endpoint';

/** What a client offers in one handshake. */
export interface Offer {
  readonly version: TlsVersion;
  /** Cipher suites as OpenSSL lists them. */
  readonly ciphers?: string;
  /** Groups as OpenSSL lists them. */
  readonly groups?: string;
  /** Whether it shows its certificate. */
  readonly identified: boolean;
}

/** How a handshake ended. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly cipher: string; readonly authorized: boolean; readonly authorizationError?: string }
  /** The server said no, or closed the connection. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Nobody answered, or this client cannot even ask. */
  | { readonly kind: 'unknown'; readonly code: string };

/** Milliseconds in which a handshake has to end. */
const patienceMilliseconds = 5_000;

/** Milliseconds in which a server that wants a certificate says so: in TLS 1.3 its client is through before. One that gives tickets is through with the first. */
const afterwardsMilliseconds = 2_000;

/** Errors of the way to the server, and of a client whose library does not offer what it was told to. */
const ours =
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
    let through: Outcome | undefined;
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      socket?.destroy();
      resolve(outcome);
    };
    const failed = (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.message;
      end({ kind: ours.test(code) ? 'unknown' : 'refused', code });
    };
    const timer = setTimeout(
      () => end({ kind: 'unknown', code: `no answer within ${patienceMilliseconds / 1000} s` }),
      patienceMilliseconds,
    );
    try {
      socket = connect({ host: address, port, servername: serverName, ...optionsOf(offer, client) });
    } catch (error) {
      // What this client's library cannot offer is not refused by the server.
      end({ kind: 'unknown', code: (error as NodeJS.ErrnoException).code ?? (error as Error).message });
      return;
    }
    socket.once('error', failed);
    // A server whose own backend is gone closes at once; what it refuses of us it says by an alert.
    socket.once('close', () => end(through ?? { kind: 'refused', code: 'closed' }));
    socket.once('secureConnect', () => {
      const accepted = acceptedBy(socket);
      through = accepted;
      if (offer.version !== 'TLSv1.3') end(accepted);
      socket.once('session', () => end(accepted));
      setTimeout(() => end(accepted), afterwardsMilliseconds).unref();
    });
    // Alerts after the handshake are read like data.
    socket.resume();
  });
}

function optionsOf({ version, ciphers, groups, identified }: Offer, { ca, certificate, key }: ClientFiles): ConnectionOptions {
  const old = version === 'TLSv1' || version === 'TLSv1.1';
  return {
    minVersion: version,
    maxVersion: version,
    // The library refuses to speak old versions at its usual level of security.
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
