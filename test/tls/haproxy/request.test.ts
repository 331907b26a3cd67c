import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { encryptedBackend, plainBackend, tierOf } from '../../fixtures/tiers';
import { requestHttp2 } from '../../support/http2-request';
import { type Instance, Rig } from '../../support/rig';

const serverNames = ['web.example.com', '*.wild.example.com'];

describe('an HTTP endpoint of a running tier', () => {
  let rig: Rig;
  let instance: Instance;
  let web: EndpointPlan;
  let grpc: EndpointPlan;
  beforeAll(async () => {
    const common = { clientAuthentication: 'none', serverNames } as const;
    rig = await Rig.create(
      tierOf([
        { ...common, id: 'web', port: 9443, protocol: 'https', backend: plainBackend },
        { ...common, id: 'grpc', port: 9444, protocol: 'grpc', backend: encryptedBackend },
      ]),
      ['genuine'],
    );
    instance = await rig.start();
    [web, grpc] = rig.endpoints as [EndpointPlan, EndpointPlan];
  }, 300_000);
  afterAll(() => rig?.dispose());

  /** Status of the response to an HTTP/1 request, and whether a server received it. */
  async function ask(head: string): Promise<{ status: number; reached: boolean; answer: string }> {
    const { transcript, served, answer } = await rig.connect(instance, web, { request: `${head}\r\nConnection: close\r\n\r\n` });
    return { status: Number(/^HTTP\/1\.[01] (\d+)/m.exec(transcript)?.[1]), reached: served, answer };
  }

  it.each([['web.example.com'], ['WEB.example.com'], ['web.example.com:9443'], ['any.wild.example.com']])(
    'serves a request for the host %s',
    async (host) => {
      expect(await ask(`GET / HTTP/1.1\r\nHost: ${host}`)).toMatchObject({ status: 200, reached: true });
      expect(await ask(`GET / HTTP/1.0\r\nHost: ${host}`)).toMatchObject({ status: 200, reached: true });
      for (const { port } of [web, grpc]) {
        const { status, body } = await requestHttp2(instance.port(port), 'web.example.com', { ':authority': host });
        expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining('served-by=') });
      }
    },
  );

  it.each([
    ['another name', 'admin.example.com'],
    ['a name in the certificate that no endpoint serves', 'unlisted.example.com'],
    ['two labels in place of the wildcard', 'a.b.wild.example.com'],
    ['the parent of the wildcard', 'wild.example.com'],
    ['a name with a served one behind it', 'admin.example.com,web.example.com'],
    ['a served name with another behind it', 'web.example.com,admin.example.com'],
    ['an address', '127.0.0.1'],
    ['nothing', ''],
  ])('refuses a request for %s as misdirected', async (_, host) => {
    const outcome = await ask(`GET / HTTP/1.1\r\nHost: ${host}`);
    expect(outcome.reached).toBe(false);
    expect([400, 421]).toContain(outcome.status);
    for (const { port } of [web, grpc]) {
      const { status, body } = await requestHttp2(instance.port(port), 'web.example.com', { ':authority': host });
      expect(body).not.toContain('served-by=');
      expect([undefined, 400, 421]).toContain(status);
    }
  });

  it('answers a request for a name of another endpoint with 421 in both versions', async () => {
    expect((await ask('GET / HTTP/1.1\r\nHost: admin.example.com')).status).toBe(421);
    const { status } = await requestHttp2(instance.port(web.port), 'web.example.com', { ':authority': 'admin.example.com' });
    expect(status).toBe(421);
  });

  it.each([
    ['two different hosts', 'GET / HTTP/1.1\r\nHost: web.example.com\r\nHost: admin.example.com'],
    ['a target that names another host', 'GET http://admin.example.com/ HTTP/1.1\r\nHost: web.example.com'],
    ['a target that names a served host, and another host', 'GET http://web.example.com/ HTTP/1.1\r\nHost: admin.example.com'],
    ['no host in HTTP/1.0', 'GET / HTTP/1.0'],
    ['no host in HTTP/1.1', 'GET / HTTP/1.1'],
    ['no version', 'GET /'],
  ])('refuses a request with %s', async (_, head) => {
    expect(await ask(head)).toMatchObject({ reached: false });
  });

  it('passes only the authority of an HTTP/2 request that carries another host as well', async () => {
    const headers = { ':authority': 'web.example.com', host: 'admin.example.com' };
    const { body } = await requestHttp2(instance.port(web.port), 'web.example.com', headers);
    expect(body).toMatch(/;host=web\.example\.com;/);
    const other = await requestHttp2(instance.port(web.port), 'web.example.com', {
      ':authority': 'admin.example.com',
      host: 'web.example.com',
    });
    expect(other.status).toBe(421);
  });

  it.each([
    ['TRACE', 'TRACE / HTTP/1.1'],
    ['CONNECT', 'CONNECT web.example.com:443 HTTP/1.1'],
  ])('refuses the method %s', async (_, line) => {
    expect(await ask(`${line}\r\nHost: web.example.com${line.startsWith('CONNECT') ? ':443' : ''}`)).toMatchObject({
      status: 405,
      reached: false,
    });
  });

  it('removes headers in which clients make up an identity, in any spelling, and keeps others', async () => {
    const identities = [
      ...['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Client-Cert', 'X_Forwarded_Proto', 'x-forwarded-user', 'X-Real-IP', 'X-Client-IP'],
      ...['True-Client-IP', 'CF-Connecting-IP', 'X-Cluster-Client-IP', 'X-Remote-User', 'Remote-User', 'X-Originating-IP'],
      ...['Client-Cert', 'Client-Cert-Chain', 'X-Client-Cert', 'SSL-Client-S-DN', 'X-SSL-Client-Verify', 'SSL_CLIENT_CERT'],
      ...['X-ARR-ClientCert', 'X-Amzn-Mtls-Clientcert', 'X-Auth-Request-Email', 'X-Original-URL'],
    ];
    const kept = ['Authorization', 'X-Request-Id', 'Client-Order-Id', 'Accept'];
    const lines = [...identities, ...kept].map((name) => `${name}: made-up`).join('\r\n');
    const { answer } = await ask(`GET / HTTP/1.1\r\nHost: web.example.com\r\n${lines}`);
    const arrived = /headers=([^;]*)/.exec(answer)?.[1]?.split(':') ?? [];
    expect(arrived).toEqual(expect.arrayContaining(kept.map((name) => name.toLowerCase())));
    expect(arrived.filter((name) => identities.some((identity) => identity.toLowerCase() === name))).toEqual([]);
  });
});
