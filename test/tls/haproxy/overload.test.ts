import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { healthPort, metricsPort } from '../../../lib/core/ports';
import { admittedSessions, frontendConnections, listenerConnections } from '../../../lib/tls/connections';
import { renderConfiguration } from '../../../lib/tls/haproxy/configuration';
import { healthPath } from '../../../lib/tls/haproxy/container';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { plainBackend, tierOf } from '../../fixtures/tiers';
import { Flood, type FloodOptions } from '../../support/flood';
import { LongSession } from '../../support/long-session';
import { ask } from '../../support/plain-http';
import { type Instance, Rig } from '../../support/rig';
import { tell } from '../../support/runtime-socket';

const concurrentSessions = 60;
const external = '127.0.0.9';
const perExternalAddress = { cidrs: [`${external}/32`], concurrentSessions: 20, newSessionsPerSecond: 5 };
const common = { protocol: 'fix', clientAuthentication: 'none', concurrentSessions, backend: plainBackend } as const;

describe('a running instance under overload', () => {
  let rig: Rig;
  let instance: Instance;
  let attacked: EndpointPlan;
  let other: EndpointPlan;
  const floods: Flood[] = [];
  beforeAll(async () => {
    rig = await Rig.create(
      tierOf([
        { ...common, id: 'attacked', port: 9443, serverNames: ['attacked.example.com'], perExternalAddress },
        { ...common, id: 'other', port: 9444, serverNames: ['other.example.com'], perExternalAddress: undefined },
      ]),
      ['genuine'],
    );
    [attacked, other] = rig.endpoints as [EndpointPlan, EndpointPlan];
    instance = await rig.start();
  }, 300_000);
  afterEach(async () => {
    for (const flood of floods.splice(0)) flood.close();
    for (const { id } of rig.endpoints) await expect.poll(() => current(id)).toBe(0);
    for (const { id } of rig.endpoints) await tell(instance.socket, `clear table ${id}`);
  });
  afterAll(() => rig?.dispose());

  async function flood(options: FloodOptions): Promise<Flood> {
    const opened = await Flood.open(options);
    floods.push(opened);
    return opened;
  }

  const open = (endpoint: EndpointPlan) =>
    LongSession.open(instance.port(endpoint.port), endpoint.serverNames[0] ?? '', rig.server.pair.certificate);

  /** Current connections of a frontend. */
  async function current(frontend: string): Promise<number> {
    const row = (await tell(instance.socket, 'show stat')).split('\n').find((line) => line.startsWith(`${frontend},FRONTEND,`));
    return Number(row?.split(',')[4]);
  }

  async function answersProbes(): Promise<void> {
    expect((await ask(instance.port(healthPort), healthPath)).status).toBe(200);
    expect((await ask(instance.port(metricsPort), '/metrics')).status).toBe(200);
  }

  it.each([
    ['sessions that stay silent after the handshake', () => attacked.serverNames[0]],
    ['connections that never send a handshake', () => undefined],
  ])('refuses %s beyond the limit of their endpoint, and keeps health, metrics, open sessions and other endpoints', async (_, nameOf) => {
    const before = await open(attacked);
    const silent = await flood({ port: instance.port(attacked.port), connections: 300, serverName: nameOf() });
    await expect.poll(() => silent.open).toBeLessThan(admittedSessions(concurrentSessions));
    expect(silent.open).toBeGreaterThan(admittedSessions(concurrentSessions) / 2);
    await answersProbes();
    expect(await before.isServed()).toBe(true);
    const elsewhere = await open(other);
    expect(await elsewhere.isServed()).toBe(true);
    await expect(open(attacked)).rejects.toThrow(/ECONNRESET|disconnected|socket/);
    for (const session of [before, elsewhere]) session.close();
  });

  it('answers health checks and metrics while every endpoint is full', async () => {
    for (const { port } of rig.endpoints) await flood({ port: instance.port(port), connections: 400 });
    await answersProbes();
  });

  it('serves clients while connections to its health and metrics ports exceed their limits', async () => {
    await flood({ port: instance.port(healthPort), connections: listenerConnections.health + 20 });
    await flood({ port: instance.port(metricsPort), connections: listenerConnections.metrics + 20 });
    const session = await open(attacked);
    expect(await session.isServed()).toBe(true);
    session.close();
  });

  it('refuses open sessions of one external address beyond its limit, and no other client', async () => {
    const { port } = attacked;
    const most = admittedSessions(perExternalAddress.concurrentSessions);
    const greedy = await flood({ port: instance.port(port), connections: most + 15, from: external });
    await expect.poll(() => greedy.open).toBe(most);
    const session = await open(attacked);
    expect(await session.isServed()).toBe(true);
    session.close();
  });

  it('refuses new connections of one external address beyond its rate, before their handshake', async () => {
    const { port } = attacked;
    for (let round = 0; round < 8; round += 1) {
      const burst = await Flood.open({ port: instance.port(port), connections: 10, from: external });
      burst.close();
    }
    const late = await flood({ port: instance.port(port), connections: 5, from: external });
    await expect.poll(() => late.open).toBe(0);
    const session = await open(attacked);
    expect(await session.isServed()).toBe(true);
    session.close();
  });
});

describe('the limits of a tier', () => {
  const planned = tierOf([
    { id: 'one', concurrentSessions: 1_000 },
    { id: 'two', port: 9444, concurrentSessions: 2_000 },
  ]);
  const limitsOf = (text: string) => [...text.matchAll(/^ {4}maxconn (\d+)$/gm)].map(([, limit]) => Number(limit));

  it('follow from the concurrent sessions of each endpoint, and leave health checks and metrics their own', () => {
    const [health, metrics, ...endpoints] = limitsOf(renderConfiguration(planned.zone, planned.tier, planned.haproxy));
    expect({ health, metrics }).toEqual(listenerConnections);
    expect(endpoints).toEqual(planned.zone.endpoints.map(frontendConnections));
    expect(endpoints[1]).toBeGreaterThan(2_000 * 1.5);
  });

  it('are refused if their sum exceeds the connections of an instance', () => {
    const { zone, tier, haproxy } = planned;
    const render = (maxConnections: number) => renderConfiguration(zone, { ...tier, maxConnections }, haproxy);
    const sum = limitsOf(render(tier.maxConnections)).reduce((total, limit) => total + limit, 0);
    expect(limitsOf(render(sum))).toHaveLength(4);
    expect(() => render(sum - 1)).toThrow(/must accept at most the connections of an instance/);
  });

  it('name any number of blocks of externals, on lines that HAProxy accepts', async () => {
    const cidrs = Array.from({ length: 200 }, (_, index) => `198.51.${index}.0/24`);
    const many = await Rig.create(tierOf([{ ...common, perExternalAddress: { ...perExternalAddress, cidrs } }]), ['genuine']);
    try {
      const capacity = many.capacity.replace(/nbthread \d+/, 'nbthread 1');
      expect(await many.check((await many.prepare({ capacity })).files)).toBe('');
    } finally {
      await many.dispose();
    }
  });
});
