import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type TLSSocket } from 'node:tls';

/** A TLS session that stays open, so that requests can be sent at any time. */
export class LongSession {
  private received = '';

  private constructor(private readonly socket: TLSSocket) {
    socket.on('data', (chunk: Buffer) => {
      this.received += chunk.toString();
    });
    socket.on('error', () => undefined);
  }

  static async open(port: number, serverName: string, authority: string): Promise<LongSession> {
    const socket = connect({ host: '127.0.0.1', port, servername: serverName, ca: await readFile(authority) });
    await once(socket, 'secureConnect');
    return new LongSession(socket);
  }

  get isOpen(): boolean {
    return !this.socket.closed;
  }

  /** Sends a request, and returns whether it was answered. */
  async isServed(): Promise<boolean> {
    const before = this.received.length;
    if (this.socket.destroyed) return false;
    this.socket.write('GET / HTTP/1.1\r\nHost: any.example.com\r\n\r\n');
    await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    return this.received.slice(before).includes('served-by=');
  }

  close(): void {
    this.socket.destroy();
  }
}
