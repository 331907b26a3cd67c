import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { environment } from '../../../lib/tls/haproxy/container';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { encryptedBackend, tierOf } from '../../fixtures/tiers';
import { connect } from '../../support/client';
import { freePorts } from '../../support/ports';
import { Rig } from '../../support/rig';
import { RunningHaproxy } from '../../support/running-haproxy';
import { type NameServerConduct, StandInDns } from '../../support/stand-in-dns';

/** Longer than the 30 seconds after which HAProxy by default drops the address of a server whose name does not resolve. */
const outageMilliseconds = 36_000;

/** A name that only the name server of the test resolves. */
const serverName = 'server.example.invalid';

describe('a server with a name behind a running tier', () => {
  let rig: Rig;
  let endpoint: EndpointPlan;
  const running: (RunningHaproxy | StandInDns)[] = [];
  beforeAll(async () => {
    const one = { id: 'open', port: 9444, serverNames: ['open.example.com'], backend: encryptedBackend };
    rig = await Rig.create(tierOf([{ ...one, clientAuthentication: 'none' }]), ['genuine']);
    [endpoint] = rig.endpoints as [EndpointPlan];
  }, 300_000);
  afterAll(async () => {
    await Promise.all(running.map((each) => each.stop()));
    await rig?.dispose();
  });

  /** Starts an instance whose server has a name, and the name server that it asks. */
  async function start(addresses: readonly string[]) {
    const [dnsPort = 0] = await freePorts(1);
    const dns = await StandInDns.start(dnsPort, addresses);
    running.push(dns);
    const { files, port } = await rig.prepare();
    for (const file of files) {
      const text = await readFile(file, 'utf8');
      const named = text.replace(/^( +server \S+) 127\.0\.0\.1:/m, `$1 ${serverName}:`);
      await writeFile(file, named.replace('parse-resolv-conf', `nameserver stand-in 127.0.0.1:${dnsPort}`));
    }
    running.push(await RunningHaproxy.start({ files, env: { [environment.address]: '127.0.0.1' } }));
    const isServed = async () => {
      const options = { port: port(endpoint.port), serverName: 'open.example.com', authority: rig.server.pair.certificate };
      return (await connect(options)).served;
    };
    return { dns, isServed };
  }

  const outages: [string, NameServerConduct][] = [
    ['does not answer', 'silent'],
    ['answers with SERVFAIL', 'servfail'],
    ['refuses to answer', 'refused'],
    ['truncates its answers', 'truncated'],
  ];

  it.concurrent.for(outages)(
    'stays in service for longer than 30 s while the name server %s',
    { timeout: 90_000 },
    async ([, conduct], { expect }) => {
      const { dns, isServed } = await start(['127.0.0.1']);
      await vi.waitUntil(isServed, 20_000);
      dns.conduct = conduct;
      const before = dns.asked;
      await delay(outageMilliseconds);
      expect(dns.asked).toBeGreaterThan(before + 3);
      expect(await isServed()).toBe(true);
    },
  );

  it.concurrent('goes out of service once its name no longer exists', { timeout: 90_000 }, async ({ expect }) => {
    const { dns, isServed } = await start(['127.0.0.1']);
    await vi.waitUntil(isServed, 20_000);
    dns.conduct = 'nxdomain';
    await delay(outageMilliseconds);
    expect(await isServed()).toBe(false);
  });

  it.concurrent('is in service if its name has more addresses than 512 bytes hold', { timeout: 90_000 }, async () => {
    const { isServed } = await start(Array.from({ length: 60 }, () => '127.0.0.1'));
    await vi.waitUntil(isServed, 20_000);
  });
});
