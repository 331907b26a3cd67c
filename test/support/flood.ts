import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Connections that a client opens and leaves silent: with `serverName` after a handshake, else before it. */
export interface FloodOptions {
  readonly port: number;
  readonly connections: number;
  /** Source address. @default 127.0.0.1 */
  readonly from?: string;
  readonly serverName?: string;
}

/** Connections of a flood at a time that have not been established yet. */
const atATime = 50;

/** Many silent connections to one port. */
export class Flood {
  private readonly sockets = new Set<Socket>();

  /** Connections that the tier has closed, or never answered. */
  refused = 0;

  static async open({ port, connections, from = '127.0.0.1', serverName }: FloodOptions): Promise<Flood> {
    const flood = new Flood();
    let left = connections;
    const work = async () => {
      while (left > 0) {
        left -= 1;
        const at = { host: '127.0.0.1', port, localAddress: from };
        const socket =
          serverName === undefined ? connectPlain(at) : connectTls({ ...at, servername: serverName, rejectUnauthorized: false });
        await flood.add(socket, serverName === undefined ? 'connect' : 'secureConnect');
      }
    };
    await Promise.all(Array.from({ length: atATime }, work));
    return flood;
  }

  private async add(socket: Socket, established: string): Promise<void> {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      if (this.sockets.delete(socket)) this.refused += 1;
    });
    socket.resume();
    await Promise.race([once(socket, established), once(socket, 'close')]).catch(() => undefined);
  }

  /** Connections that are open at the client. */
  get open(): number {
    return this.sockets.size;
  }

  close(): void {
    for (const socket of this.sockets) {
      this.sockets.delete(socket);
      socket.destroy();
    }
  }
}
