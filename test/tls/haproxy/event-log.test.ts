import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { plainBackend, tierOf } from '../../fixtures/tiers';
import { clientHello, sendAndEnd, sendAndLeave } from '../../support/client-hello';
import { EventLog } from '../../support/event-log';
import { type Instance, Rig } from '../../support/rig';

/** Bytes that break a log somewhere: quotes, escapes, line ends, control characters, formats, and what is no UTF-8. */
const nasty = fc.constantFrom(
  ...[
    '"',
    '\\',
    '\n',
    '\r',
    '\t',
    '\x01',
    '\x1f',
    '\x7f',
    '","a":"',
    '%[src]',
    '\\u0000',
    '\xff',
    '\xc3',
    '\xed\xa0\x80',
    '\xf4\x90\x80\x80',
    '\xc0\x80',
    '\xe2\x80\xa8',
    '\x85',
  ],
);
const nastyBytes = fc
  .array(fc.oneof(nasty, fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 8 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => Buffer.from(parts.join(''), 'latin1'))
  .filter(({ length }) => length <= 200);

const suffix = Buffer.from('.orders.example.com');

describe('the TLS event log', () => {
  let rig: Rig;
  let instance: Instance;
  let log: EventLog;
  let mutual: EndpointPlan;
  let open: EndpointPlan;
  beforeAll(async () => {
    const serverNames = ['*.orders.example.com'];
    rig = await Rig.create(
      tierOf([
        { id: 'mutual', port: 9443, protocol: 'fix', clientAuthentication: 'required', serverNames, backend: plainBackend },
        { id: 'open', port: 443, protocol: 'https', clientAuthentication: 'none', serverNames, backend: plainBackend },
      ]),
    );
    // Every failed handshake of these tests is logged, though they share an address.
    instance = await rig.start({ configuration: rig.configuration.replaceAll(/mod\(1000\)/g, 'mod(1)') });
    log = new EventLog(instance.haproxy);
    [mutual, open] = rig.endpoints as [EndpointPlan, EndpointPlan];
  }, 300_000);
  afterAll(() => rig?.dispose());

  /** Fields that every line has, in their order. */
  let fields: string[];

  it('records time, place, client and negotiated parameters of a session', async () => {
    const identity = await rig.identity({ name: 'trader' });
    await rig.connect(instance, mutual, { identity });
    const event = await log.next();
    fields = Object.keys(event);
    expect(event).toMatchObject({
      site: 'here',
      zone: 'orders',
      endpoint: 'mutual',
      instance: 'instance-1',
      client: '127.0.0.1',
      version: 'TLSv1.3',
      cipherSuite: 'TLS_AES_256_GCM_SHA384',
      group: 'X25519',
      serverName: 'any.orders.example.com',
      resumed: false,
      clientSubject: 'CN=trader',
      clientVerification: '0',
    });
    expect(event.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(event.connection).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('records a failed handshake in the same fields', async () => {
    await rig.connect(instance, mutual);
    const event = await log.next();
    expect(Object.keys(event)).toEqual(fields);
    expect(event).toMatchObject({
      connectionError: 'SSL handshake failure',
      tlsError: expect.stringContaining('did not return a certificate'),
    });
  });

  it('records the identity of a refused client and the reason', async () => {
    const identity = await rig.server.issue({ name: 'stranger' });
    await rig.connect(instance, mutual, { identity });
    expect(await log.next()).toMatchObject({
      clientSubject: 'CN=stranger',
      connectionError: expect.stringContaining('cannot be verified'),
    });
    await rig.connect(instance, mutual, { identity: rig.revoked });
    expect(await log.next()).toMatchObject({ clientSubject: 'CN=revoked', tlsError: expect.stringContaining('certificate verify failed') });
  });

  it('has one line per session, even with several requests', async () => {
    const one = 'GET / HTTP/1.1\r\nHost: any.orders.example.com\r\n\r\n';
    const { transcript } = await rig.connect(instance, open, {
      request: `${one}${one}${one.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}`,
    });
    expect(transcript.match(/served-by=open/g)).toHaveLength(3);
    expect(await log.next()).toMatchObject({ endpoint: 'open', termination: '--' });
    await sendAndLeave(instance.port(open.port), Buffer.from('no TLS at all\r\n'));
    expect(await log.next()).toMatchObject({ connectionError: 'SSL handshake failure' });
  });

  it('has a line for a session without a request', async () => {
    await rig.connect(instance, open, { request: 'not a request\r\n\r\n' });
    expect(await log.next()).toMatchObject({ endpoint: 'open', version: 'TLSv1.3' });
  });

  it('has one JSON object per line for any bytes in the server name and the ALPN protocol', async () => {
    const property = fc.asyncProperty(nastyBytes, nastyBytes, fc.boolean(), async (name, protocol, known) => {
      const serverName = known ? Buffer.concat([name, suffix]) : name;
      await sendAndLeave(instance.port(open.port), clientHello(serverName, protocol));
      expect(Object.keys(await log.next())).toEqual(fields);
    });
    await fc.assert(property, { numRuns: 300 });
    expect(log.unread).toBe('');
  });

  it('never exceeds the longest line, however much a peer sends', async () => {
    for (const name of ['a'.repeat(5_000), '\x01'.repeat(235), '"'.repeat(235)]) {
      await sendAndLeave(instance.port(open.port), clientHello(Buffer.concat([Buffer.from(name), suffix])));
      expect(Object.keys(await log.next())).toEqual(fields);
    }
  });

  it('has one JSON object per line for any subject of a client certificate', async () => {
    const subjects = [
      'CN=a\\"b',
      'CN=a\\nb',
      'CN=\x01\x02\x1f\x7f',
      'CN=\xff\xfe\xc3',
      'CN=a\\rb\nOU=x, "y',
      Array.from({ length: 60 }, (_, index) => `${index}.OU=${'\x01'.repeat(60)}`).join('\n'),
    ];
    for (const [index, text] of subjects.entries()) {
      const subject = Buffer.from(`${text}\n`, 'latin1');
      for (const issuer of [rig.client, rig.server]) {
        const identity = await issuer.issue({ name: `hostile-${index}`, subject });
        await rig.connect(instance, mutual, { identity });
        expect(Object.keys(await log.next())).toEqual(fields);
      }
    }
  });

  it('has complete lines if clients send nothing or disconnect', async () => {
    const silent = clientHello(Buffer.from('any.orders.example.com')).subarray(0, 40);
    for (const bytes of [Buffer.from([0x16]), silent, Buffer.from('\x15\x03\x01\x00\x02\x02\x00', 'latin1')]) {
      const socketClosed = sendAndEnd(instance.port(open.port), bytes);
      expect(Object.keys(await log.next())).toEqual(fields);
      await socketClosed;
    }
  });
});

describe('the TLS event log under a flood of failed handshakes', () => {
  let rig: Rig;
  afterAll(() => rig?.dispose());

  it('logs the first failures of an address and then one in a thousand with their number, and every other line', async () => {
    rig = await Rig.create(
      tierOf([
        {
          ...{ id: 'open', port: 443, protocol: 'tcp', clientAuthentication: 'none', concurrentSessions: 2_000 },
          ...{ serverNames: ['open.orders.example.com'], backend: plainBackend, perExternalAddress: undefined },
        },
      ]),
      ['genuine'],
    );
    const instance = await rig.start();
    const [open] = rig.endpoints as [EndpointPlan];
    const port = instance.port(open.port);
    const attacker = '127.0.0.7';
    const failed = 2_500;
    const sessions = 5;
    for (let round = 0; round < sessions; round += 1) {
      for (let sent = 0; sent < failed / sessions; sent += 50) {
        await Promise.all(Array.from({ length: 50 }, () => sendAndLeave(port, Buffer.from('no TLS at all\r\n'), attacker)));
      }
      await rig.connect(instance, open);
      await sendAndLeave(port, Buffer.from('no TLS at all\r\n'), `127.0.0.${100 + round}`);
    }
    await expect.poll(() => instance.haproxy.log.includes('"client":"127.0.0.104"')).toBe(true);
    const events = instance.haproxy.log
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { client: string; failures: number | string; connectionError: string });
    expect(events.filter(({ connectionError }) => connectionError === '-')).toHaveLength(sessions);
    for (let round = 0; round < sessions; round += 1) {
      expect(events.filter(({ client }) => client === `127.0.0.${100 + round}`)).toMatchObject([{ failures: 1 }]);
    }
    const ofAttacker = events.filter(({ client }) => client === attacker).map(({ failures }) => Number(failures));
    const counts = ofAttacker.sort((one, other) => one - other);
    expect(counts.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(counts).toEqual(expect.arrayContaining([1_000, 2_000]));
    // A slow machine starts another period, with ten lines more.
    expect(counts.length).toBeLessThan(failed / 25);
  });
});
