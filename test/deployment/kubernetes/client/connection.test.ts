import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../../../lib/deployment/kubernetes/client/connection';
import { type StandIn, standIn } from '../../../support/stand-in-api';

let api: StandIn;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api.stop();
});

/** Makes the kubeconfig's user authenticate through an exec plugin, as cloud providers do. */
function authenticateBy(script: string): void {
  const folder = join(api.kubeconfig, '..');
  const program = join(folder, 'credentials');
  writeFileSync(program, `#!/bin/sh\ncd '${folder}'\n${script}\n`);
  chmodSync(program, 0o755);
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: program, interactiveMode: 'Never' };
  const config = JSON.parse(readFileSync(api.kubeconfig, 'utf8'));
  writeFileSync(api.kubeconfig, JSON.stringify({ ...config, users: [{ name: 'own', user: { exec } }] }));
}

/** An exec plugin that returns another token, already expired, on every call. */
const everNew = `
echo >>asked
cat <<END
{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",
 "status":{"token":"token-$(wc -l <asked | tr -d ' ')","expirationTimestamp":"2026-01-01T00:00:00Z"}}
END`;

describe('Connection', () => {
  it('Connection.open names no context if there is no kubeconfig', async () => {
    api = await standIn(() => [200, {}]);
    vi.stubEnv('KUBECONFIG', '');
    vi.stubEnv('KUBE_CONFIG_PATH', '');
    vi.stubEnv('HOME', join(api.kubeconfig, '..', 'nobody'));
    expect(() => Connection.open('own')).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'DEP008', fix: expect.stringContaining('found: none.') })] }),
    );
  });

  it('Connection requests a new token when the first one has expired', async () => {
    const shown: (string | undefined)[] = [];
    api = await standIn((_method, _path, { headers }) => {
      shown.push(headers.authorization);
      return [200, {}];
    });
    authenticateBy(everNew);
    vi.stubEnv('KUBECONFIG', api.kubeconfig);
    const connection = Connection.open('own');
    await connection.ask('GET', 'version');
    await connection.ask('GET', 'version');
    expect(shown).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('Connection sends at most eight requests at a time, and reuses its connections', async () => {
    let [open, most] = [0, 0];
    api = await standIn(async () => {
      most = Math.max(most, ++open);
      await sleep(20);
      open--;
      return [200, {}];
    });
    vi.stubEnv('KUBECONFIG', api.kubeconfig);
    const connection = Connection.open('own');
    for (let round = 0; round < 3; round++) await Promise.all(Array.from({ length: 20 }, () => connection.ask('GET', 'version')));
    expect([most, api.connections()]).toEqual([8, 8]);
  });

  it('Connection sends the preconditions of a deletion in the body', async () => {
    const bodies: unknown[] = [];
    api = await standIn((_method, _path, { body }) => {
      bodies.push(body);
      return [200, {}];
    });
    vi.stubEnv('KUBECONFIG', api.kubeconfig);
    const body = { preconditions: { resourceVersion: '7' } };
    await Connection.open('own').ask('DELETE', 'api/v1/namespaces/risk', { body });
    expect(bodies).toEqual([body]);
  });
});

describe('Connection.open', () => {
  const yaml = (server: string, cluster = 'own') =>
    `contexts: [{ name: own, context: { cluster: ${cluster}, user: own } }]\nclusters: [{ name: own, cluster: { ${server} } }]\nusers: [{ name: own, user: {} }]`;

  it.each([
    ['that does not exist', undefined, 'cannot be read: "it does not exist"; .*'],
    [
      'that is not YAML',
      'users: [{ token: secret\n}: :',
      String.raw`cannot be read: "missed comma between flow collection entries \(2:2\)"; .*`,
    ],
    ['that is empty', '', 'cannot be read: "YAML without the fields of a kubeconfig"; .*'],
    ['whose clusters have no server', yaml(''), String.raw`cannot be read: "clusters\[0\].cluster.server is missing"; .*`],
    ['whose server is not a URL', yaml('server: own'), 'is not a URL; .*: got "own"'],
    ['whose context names an unknown cluster', yaml('server: "https://127.0.0.1"', 'other'), 'has no server; .*'],
  ])('Connection.open refuses a kubeconfig %s with DEP008', async (_what, text, reason) => {
    api = await standIn(() => [200, {}]);
    const file = join(api.kubeconfig, '..', 'other');
    if (text !== undefined) writeFileSync(file, text);
    vi.stubEnv('KUBECONFIG', file);
    expect(() => Connection.open('own')).toThrow(new RegExp(String.raw`${reason} \[DEP008\]$`));
  });
});
