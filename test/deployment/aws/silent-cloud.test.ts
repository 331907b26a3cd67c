import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CloudSite } from '../../../lib/artifacts/site';
import type { Stack } from '../../../lib/artifacts/stacks';
import { Cancelled } from '../../../lib/core/refusal';
import { clientsOf } from '../../../lib/deployment/aws/clients';
import { waitUntilSettled } from '../../../lib/deployment/aws/stack-state';
import { probeCloudSite } from '../../../lib/deployment/probe/aws/probe-site';
import { orderStacks } from '../../../lib/deployment/run/stack-order';

const site: CloudSite = { kind: 'cloud', id: 'dublin', account: '111122223333', region: 'eu-west-1' };

let server: Server;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-silent-'));
  server = createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'none');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'none');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

describe('a service that accepts connections and never answers', () => {
  it('probe reports every resource of a service as unknown when the service does not answer', async () => {
    const file = join(folder, 'own-network.template.json');
    writeFileSync(file, JSON.stringify({ Resources: { network: { Type: 'AWS::EC2::VPC' } } }));
    const clients = clientsOf(site, { socketTimeoutMilliseconds: 50, maxAttempts: 2 });
    const stack: Stack = { name: 'own-network', site: site.id, half: 'cloud', after: [], file };
    const findings = await probeCloudSite(site, [stack], clients);
    for (const client of Object.values(clients)) client.destroy();
    expect(findings.find(({ resource }) => resource === 'own-network/network')).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringMatching(/^TimeoutError: .*50 ms/),
    });
    expect(findings.filter(({ verdict }) => verdict !== 'unknown')).toEqual([]);
  });

  it('orderStacks is refused as unreachable when CloudFormation stops answering', async () => {
    const clients = clientsOf(site, { socketTimeoutMilliseconds: 50, maxAttempts: 2 });
    await expect(orderStacks('deploy', [], [{ site, clients }])).rejects.toThrow(
      expect.objectContaining({
        kind: 'unreachable',
        message: expect.stringMatching(/^sites\/dublin: the control plane stopped answering: "TimeoutError"; .* \[DEP002\]$/),
      }),
    );
    for (const client of Object.values(clients)) client.destroy();
  });

  it('orderStacks ends at once when it is cancelled while CloudFormation does not answer', async () => {
    const clients = clientsOf(site);
    const cancel = new AbortController();
    const waiting = orderStacks('deploy', [], [{ site, clients }], cancel.signal);
    setTimeout(() => cancel.abort(new Cancelled('SIGINT')), 100);
    await expect(waiting).rejects.toThrow('cancelled by SIGINT');
    for (const client of Object.values(clients)) client.destroy();
  });

  it('waitUntilSettled ends at once when it is cancelled while CloudFormation does not answer', async () => {
    const { cloudFormation } = clientsOf(site);
    const waiting = waitUntilSettled(cloudFormation, 'own-network', AbortSignal.timeout(100));
    await expect(waiting).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    cloudFormation.destroy();
  });

  it('a client of AWS ends at once when the signal of its site is aborted, whoever asks', async () => {
    const cancel = new AbortController();
    const { ec2 } = clientsOf(site, { signal: cancel.signal });
    setTimeout(() => cancel.abort(new Cancelled('SIGINT')), 100);
    const start = performance.now();
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toThrow();
    expect(performance.now() - start).toBeLessThan(5_000);
    ec2.destroy();
  });
});

describe('a service whose answers never end', () => {
  it('a client of AWS gives up an answer that arrives byte by byte', async () => {
    server.removeAllListeners('connection');
    server.on('connection', (socket) => {
      socket.on('error', () => {}).resume();
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n');
      const dripping = setInterval(() => socket.write('1\r\n \r\n'), 20);
      socket.on('close', () => clearInterval(dripping));
    });
    const { ec2 } = clientsOf(site, { exchangeTimeoutMilliseconds: 300, maxAttempts: 1 });
    const start = performance.now();
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toThrow();
    expect(performance.now() - start).toBeLessThan(5_000);
    ec2.destroy();
  });
});
