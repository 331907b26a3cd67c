import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { healthPort, metricsPort } from '../../../lib/core/ports';
import { renderCapacity, renderSoftwareFallback, softwareFallbackBackend } from '../../../lib/tls/haproxy/capacity';
import { endpointFiles, healthPath } from '../../../lib/tls/haproxy/container';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { encryptedBackend, tierOf } from '../../fixtures/tiers';
import { keepAliveSeconds } from '../../support/kernel-sockets';
import { LongSession } from '../../support/long-session';
import { ask } from '../../support/plain-http';
import { type Instance, Rig } from '../../support/rig';
import { tell } from '../../support/runtime-socket';

const backend = { ...encryptedBackend, clientIdentity: 'proxy-v2' as const };

describe('a running instance of a tier', () => {
  let rig: Rig;
  let instance: Instance;
  let mutual: EndpointPlan;
  let open: EndpointPlan;
  beforeAll(async () => {
    rig = await Rig.create(
      tierOf([
        { id: 'mutual', port: 9443, protocol: 'https', clientAuthentication: 'required', serverNames: ['mutual.example.com'], backend },
        { id: 'open', port: 9444, protocol: 'fix', clientAuthentication: 'none', serverNames: ['open.example.com'], backend },
      ]),
    );
    instance = await rig.start();
    [mutual, open] = rig.endpoints as [EndpointPlan, EndpointPlan];
  }, 300_000);
  afterAll(() => rig?.dispose());

  it('answers only health checks on the health port', async () => {
    const port = instance.port(healthPort);
    expect((await ask(port, healthPath)).status).toBe(200);
    expect(await ask(port, '/')).toEqual({ body: '' });
  });

  it('serves the metrics of the alerts, and nothing else, on the metrics port', async () => {
    const port = instance.port(metricsPort);
    const { body } = await ask(port, '/metrics?extra-counters');
    for (const name of [
      'haproxy_process_current_ssl_connections',
      'haproxy_process_current_frontend_ssl_key_rate',
      'haproxy_frontend_ssl_failed_handshake',
    ]) {
      expect(body).toContain(`\n${name}`);
    }
    expect(await ask(port, '/')).toEqual({ body: '' });
  });

  it('answers health checks and metrics at its own address only', async () => {
    const elsewhere = await rig.start({ address: '127.0.0.2' });
    for (const [port, path] of [
      [healthPort, healthPath],
      [metricsPort, '/metrics'],
    ] as const) {
      expect((await ask(elsewhere.port(port), path, '127.0.0.2')).status).toBe(200);
      expect(await ask(elsewhere.port(port), path)).toEqual({ body: '' });
    }
    await elsewhere.haproxy.stop();
  });

  it('does not start without its own address', async () => {
    await expect(rig.start({ address: '' })).rejects.toThrow('DIPTYCH_ADDRESS must be the address of the instance');
  });

  it('counts sessions of an endpoint, but no failed handshakes and no sessions to servers', async () => {
    const sessions = async () => {
      const { body } = await ask(instance.port(metricsPort), '/metrics');
      return Number(/^haproxy_frontend_sessions_total\{proxy="open"\} (\d+)$/m.exec(body)?.[1]);
    };
    const before = await sessions();
    await rig.connect(instance, open);
    await rig.connect(instance, open, { options: ['-groups', 'brainpoolP256r1'] }).catch(() => undefined);
    expect(await sessions()).toBe(before + 1);
  });

  it('reports software fallback in its metrics, unlike other instances', async () => {
    const fallbackMetric = `haproxy_backend_status{proxy="${softwareFallbackBackend}",state="UP"} 1`;
    const fallen = await rig.start({ capacity: renderSoftwareFallback(rig.planned.tier, rig.planned.haproxy) });
    expect((await ask(fallen.port(metricsPort), '/metrics')).body).toContain(fallbackMetric);
    expect((await ask(instance.port(metricsPort), '/metrics')).body).not.toContain(softwareFallbackBackend);
    await fallen.haproxy.stop();
  });

  it('makes the kernel probe both peers of an idle session after a minute', async () => {
    const session = await LongSession.open(instance.port(open.port), 'open.example.com', rig.server.pair.certificate);
    expect(await session.isServed()).toBe(true);
    const [, names = '', values = ''] = (await tell(instance.socket, 'show servers state open')).split('\n');
    const serverPort = Number(values.split(' ')[names.split(' ').indexOf('srv_port') - 1]);
    // The timer is another one until the peer has acknowledged what it was sent.
    for (const timers of [() => keepAliveSeconds('local', instance.port(open.port)), () => keepAliveSeconds('remote', serverPort)]) {
      await expect.poll(timers).toEqual([expect.closeTo(60, -1)]);
    }
    session.close();
  });

  it("passes a client's address and certificate name to servers", async () => {
    const identity = await rig.identity({ name: 'trader' });
    const { answer } = await rig.connect(instance, mutual, { identity, options: ['-bind', '127.0.0.2:0'] });
    expect(answer).toContain(';client=127.0.0.2;');
    expect(answer).toContain(Buffer.from('trader').toString('hex').toUpperCase());
    const anonymous = await rig.connect(instance, open, { options: ['-bind', '127.0.0.3:0'] });
    expect(anonymous.answer).toContain(';client=127.0.0.3;');
  });

  it('has a runtime socket for its own user only, which lists the ticket keys of each endpoint', async () => {
    expect((await stat(instance.socket)).mode & 0o777).toBe(0o600);
    const keys = await tell(instance.socket, 'show tls-keys');
    for (const { id } of rig.endpoints) expect(keys).toContain(`/${id}/${endpointFiles.ticketKeys}`);
  });

  it('starts without warnings', async () => {
    const { tier, haproxy } = rig.planned;
    // HAProxy warns of more threads than a machine has processors, and this one may have one.
    const capacity = renderCapacity({ ...tier, threads: 1 }, haproxy);
    expect(await rig.check((await rig.prepare({ capacity })).files)).toBe('');
  });

  it('does not start if one of its files is missing', async () => {
    const configuration = rig.configuration.replace('/mutual/crl.pem', '/mutual/missing.pem');
    await expect(rig.start({ configuration })).rejects.toThrow('missing.pem');
  });

  it('reports that it is stopping, serves until the grace ends, and lets open sessions drain', async () => {
    const configuration = rig.configuration.replace(/grace \d+s/, 'grace 4s').replace(/hard-stop-after \d+s/, 'hard-stop-after 4s');
    const stopping = await rig.start({ configuration });
    const connect = () => LongSession.open(stopping.port(open.port), 'open.example.com', rig.server.pair.certificate);
    const session = await connect();
    await stopping.haproxy.softStop();
    expect((await ask(stopping.port(healthPort), healthPath)).status).toBe(503);
    const late = await connect();
    expect(await late.isServed()).toBe(true);
    late.close();
    await delay(5_000);
    await expect(connect()).rejects.toThrow('ECONNREFUSED');
    expect(await session.isServed()).toBe(true);
    expect(stopping.haproxy.hasEnded).toBe(false);
    await vi.waitUntil(() => stopping.haproxy.hasEnded, 20_000);
    expect(session.isOpen).toBe(false);
  });
});
