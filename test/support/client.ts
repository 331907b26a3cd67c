import type { KeyPair } from './certificates';
import { run } from './process';
import { toolchain } from './toolchain';

export interface ConnectOptions {
  readonly port: number;
  /** Server name (SNI). @default - no SNI is sent */
  readonly serverName?: string;
  /** Path of the CA certificate that the server certificate must chain to. */
  readonly authority?: string;
  readonly identity?: KeyPair;
  /** Data that is sent after the handshake. @default - an HTTP request */
  readonly request?: string;
  /** Path to which the session is saved. */
  readonly saveSession?: string;
  /** Path of a saved session to resume. */
  readonly resume?: string;
  /** Timeout of the client. @default 15,000 */
  readonly timeoutMilliseconds?: number;
  /** Further options of `openssl s_client`. */
  readonly options?: readonly string[];
}

/** Outcome of a connection, as the client observed it. */
export interface Connection {
  /** True if the backend's response arrived. */
  readonly served: boolean;
  readonly version?: string;
  readonly cipherSuite?: string;
  readonly group?: string;
  readonly signature?: string;
  readonly applicationProtocol?: string;
  readonly resumed: boolean;
  /** Number of the alert with which the server closed the connection. @see RFC 8446, 6 */
  readonly alert?: number;
  readonly verified: boolean;
  readonly ticketLifetimeSeconds?: number;
  /** Body of the response. */
  readonly answer: string;
  readonly transcript: string;
}

function read(text: string): Connection {
  const match = (pattern: RegExp) => pattern.exec(text)?.[1];
  const version = match(/^(?:New|Reused), (TLSv[\d.]+), Cipher is (?!\(NONE\))/m);
  const alert = match(/SSL alert number (\d+)/);
  const lifetime = match(/TLS session ticket lifetime hint: (\d+)/);
  return {
    served: text.includes('served-by='),
    version,
    cipherSuite: match(/^(?:New|Reused), TLSv[\d.]+, Cipher is (\S+)/m),
    group: match(/Negotiated TLS1\.3 group: (\S+)/) ?? match(/^(?:Server|Peer) Temp Key: (?:ECDH, )?([^,\s]+)/m),
    signature: match(/^Peer signature type: (\S+)/m),
    applicationProtocol: match(/^ALPN protocol: (\S+)/m),
    resumed: /^Reused, /m.test(text),
    alert: alert === undefined ? undefined : Number(alert),
    verified: /^Verif(?:y return code: 0|ication: OK)/m.test(text),
    ticketLifetimeSeconds: lifetime === undefined ? undefined : Number(lifetime),
    answer: match(/^(served-by=.*);end/m) ?? '',
    transcript: text,
  };
}

/** Connects with `openssl s_client`, sends a request and waits until the server closes the connection. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { openssl, env } = await toolchain();
  const { port, serverName, authority, identity, saveSession, resume } = options;
  const args = [
    ...['-connect', `127.0.0.1:${port}`, '-ign_eof'],
    ...(serverName === undefined ? ['-noservername'] : ['-servername', serverName]),
    ...(authority ? ['-CAfile', authority] : []),
    ...(identity ? ['-cert', identity.certificate, '-key', identity.key] : []),
    ...(saveSession ? ['-sess_out', saveSession] : []),
    ...(resume ? ['-sess_in', resume] : []),
    ...(options.options ?? []),
  ];
  const input = options.request ?? `GET / HTTP/1.1\r\nHost: ${serverName ?? 'localhost'}\r\nConnection: close\r\n\r\n`;
  const { stdout, stderr } = await run([openssl, 's_client', ...args], {
    env,
    input,
    timeoutMilliseconds: options.timeoutMilliseconds ?? 15_000,
  });
  return read(`${stdout}\n${stderr}`);
}
