import type { RunningHaproxy } from './running-haproxy';

/** One line of the TLS event log. */
export type TlsEvent = Readonly<Record<string, unknown>>;

/** Reads the event log of an instance, line by line. */
export class EventLog {
  private offset: number;

  constructor(private readonly haproxy: RunningHaproxy) {
    this.offset = haproxy.log.length;
  }

  /** The bytes of the next line. */
  async nextLine(): Promise<Buffer> {
    const line = await this.haproxy.lineAfter(this.offset);
    this.offset += line.length + 1;
    return Buffer.from(line, 'latin1');
  }

  /** Parses the next line. @throws {SyntaxError} if it is no JSON object in valid UTF-8 */
  async next(): Promise<TlsEvent> {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await this.nextLine());
    return JSON.parse(text) as TlsEvent;
  }

  /** Lines that have not been read yet. */
  get unread(): string {
    return this.haproxy.log.slice(this.offset);
  }
}
