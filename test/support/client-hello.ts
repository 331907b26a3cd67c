import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** A vector, prefixed with its length. @see RFC 8446, 3.4 */
function vector(lengthBytes: 1 | 2 | 3, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(content.length, 0, lengthBytes);
  return Buffer.concat([length, content]);
}

function extension(type: number, ...content: readonly Buffer[]): Buffer {
  return Buffer.concat([uint16(type), vector(2, ...content)]);
}

const x25519 = uint16(29);

/** A TLS 1.3 ClientHello with arbitrary bytes as server name and ALPN protocol. @see RFC 8446, 4.1.2 */
export function clientHello(serverName: Buffer, applicationProtocol: Buffer = Buffer.from('x')): Buffer {
  const extensions = [
    extension(0, vector(2, Buffer.from([0]), vector(2, serverName))),
    extension(10, vector(2, x25519)),
    extension(13, vector(2, uint16(0x0403), uint16(0x0804))),
    extension(16, vector(2, vector(1, applicationProtocol))),
    extension(43, vector(1, uint16(0x0304))),
    extension(51, vector(2, x25519, vector(2, randomBytes(32)))),
  ];
  const body = [
    ...[uint16(0x0303), randomBytes(32), vector(1, randomBytes(32))],
    ...[vector(2, uint16(0x1301), uint16(0x1302)), vector(1, Buffer.from([0])), vector(2, ...extensions)],
  ];
  return Buffer.concat([Buffer.from([0x16, 3, 1]), vector(2, Buffer.from([1]), vector(3, ...body))]);
}

/** Sends bytes, waits for the first response or the end, and closes the connection abruptly. */
export async function sendAndLeave(port: number, bytes: Buffer, from = '127.0.0.1'): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port, localAddress: from });
  const left = once(socket, 'close');
  socket.on('error', () => undefined);
  socket.on('data', () => socket.destroy());
  socket.write(bytes);
  await left;
}

/** Sends bytes and half-closes the connection at once. */
export async function sendAndEnd(port: number, bytes: Buffer): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const left = once(socket, 'close');
  socket.on('error', () => undefined);
  socket.resume();
  socket.end(bytes);
  await left;
}
