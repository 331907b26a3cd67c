import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Behavior of the name server. `truncated` sets the flag TC without an answer. */
export type NameServerConduct = 'answers' | 'silent' | 'servfail' | 'refused' | 'nxdomain' | 'truncated';

/** Response codes of RFC 1035, 4.1.1. */
const responseCodes: Readonly<Partial<Record<NameServerConduct, number>>> = { servfail: 2, nxdomain: 3, refused: 5 };

/** Lengths of the header, and of an address record whose name is a pointer to the question. */
const headerBytes = 12;
const recordBytes = 16;

/** Payload that a resolver without EDNS accepts (RFC 1035, 4.2.1). */
const defaultPayloadBytes = 512;

const typeA = 1;

/** A name server on UDP that answers every query for an address with the same addresses. */
export class StandInDns {
  conduct: NameServerConduct = 'answers';
  /** Number of queries so far. */
  asked = 0;

  private constructor(
    private readonly socket: Socket,
    private readonly addresses: readonly string[],
  ) {
    socket.on('message', (query, from) => this.respond(query, from));
  }

  static async start(port: number, addresses: readonly string[]): Promise<StandInDns> {
    const socket = createSocket('udp4').bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return new StandInDns(socket, addresses);
  }

  stop(): void {
    this.socket.close();
  }

  private respond(query: Buffer, from: RemoteInfo): void {
    this.asked += 1;
    if (this.conduct === 'silent') return;
    this.socket.send(answer(query, this.conduct, this.addresses), from.port, from.address);
  }
}

function answer(query: Buffer, conduct: NameServerConduct, addresses: readonly string[]): Buffer {
  let end = headerBytes;
  while (query.readUInt8(end) !== 0) end += query.readUInt8(end) + 1;
  const isAddressQuery = query.readUInt16BE(end + 1) === typeA;
  const question = query.subarray(headerBytes, end + 5);
  // The additional record of EDNS has the accepted payload in the place of its class (RFC 6891, 6.1.2).
  const accepted = query.readUInt16BE(10) > 0 ? query.readUInt16BE(end + 8) : defaultPayloadBytes;
  const found = conduct === 'answers' && isAddressQuery ? addresses : [];
  const isTruncated = conduct === 'truncated' || headerBytes + question.length + found.length * recordBytes > accepted;
  const records = isTruncated ? [] : found.map(record);
  const header = Buffer.alloc(headerBytes);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (isTruncated ? 0x0200 : 0) | (responseCodes[conduct] ?? 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records]);
}

/** An address record with a pointer to the name of the question and a life of one second. */
function record(address: string): Buffer {
  return Buffer.from([0xc0, headerBytes, 0, typeA, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)]);
}
