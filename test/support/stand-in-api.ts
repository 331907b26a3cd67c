import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';

/** Response of a stand-in: status and body. */
export type Answer = readonly [status: number, body: string | object | Readable];

/** A response that never begins. */
export const silence = new Promise<never>(() => {});

/** A body that arrives in pieces and never ends. */
export function drip(piece: string, everyMilliseconds: number): Readable {
  async function* pieces() {
    for (;;) {
      yield piece;
      await sleep(everyMilliseconds);
    }
  }
  return Readable.from(pieces());
}

/** Headers and body of a request. */
export interface Sent {
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined for any other body. */
  readonly body: unknown;
}

type Answering = (method: string, path: string, sent: Sent) => Answer | undefined | Promise<Answer | undefined>;

/** A server on the loopback interface with predefined responses, and a kubeconfig that names it. */
export interface StandIn {
  readonly address: string;
  readonly kubeconfig: string;
  /** `method path` of every request. */
  readonly asked: readonly string[];
  /** Number of connections that were opened. */
  readonly connections: () => number;
  stop(): Promise<void>;
}

/** Starts a stand-in for an API that would take too long to start in a test. */
export async function standIn(answer: Answering): Promise<StandIn> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push(`${method} ${url}`);
    const text = Buffer.concat(await request.toArray()).toString('utf8');
    const sent = { headers, body: text.startsWith('{') ? JSON.parse(text) : undefined };
    const [status, body] = (await answer(method, url, sent)) ?? [404, { reason: 'NotFound', message: 'there is none' }];
    response.writeHead(status, { 'Content-Type': typeof body === 'string' ? 'text/xml' : 'application/json' });
    if (body instanceof Readable) {
      response.on('close', () => body.destroy());
      body.pipe(response);
    } else response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), 'diptych-stand-in-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify(config(address)));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  };
  return { address, kubeconfig, asked, connections: () => connections, stop };
}

function config(server: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'own', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'own', user: {} }],
    contexts: [{ name: 'own', context: { cluster: 'own', user: 'own' } }],
    'current-context': 'own',
  };
}

/** Makes a stand-in answer for the cluster and for AWS, until the stubbed environment is restored. */
export function answerForBoth({ kubeconfig, address }: StandIn): void {
  const env = { KUBECONFIG: kubeconfig, AWS_ENDPOINT_URL: address, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
}
