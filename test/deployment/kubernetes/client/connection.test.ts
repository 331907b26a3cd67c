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

/** Lets the kubeconfig's user be who a program says, as those of clouds do. */
function authenticateBy(script: string): void {
  const folder = join(api.kubeconfig, '..');
  const program = join(folder, 'credentials');
  writeFileSync(program, `#!/bin/sh\ncd '${folder}'\n${script}\n`);
  chmodSync(program, 0o755);
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: program, interactiveMode: 'Never' };
  const config = JSON.parse(readFileSync(api.kubeconfig, 'utf8'));
  writeFileSync(api.kubeconfig, JSON.stringify({ ...config, users: [{ name: 'own', user: { exec } }] }));
}

/** A program that gives another token each time, which has expired by then. */
const everNew = `
echo >>asked
cat <<END
{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",
 "status":{"token":"token-$(wc -l <asked | tr -d ' ')","expirationTimestamp":"2026-01-01T00:00:00Z"}}
END`;

describe('a connection', () => {
  it('shows a token that is valid now, not the one it began with', async () => {
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

  it('asks a server eight things at once and no more, over connections that it keeps', async () => {
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

  it('says what it deletes on condition of', async () => {
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

describe('a kubeconfig', () => {
  const yaml = (server: string, cluster = 'own') =>
    `contexts: [{ name: own, context: { cluster: ${cluster}, user: own } }]\nclusters: [{ name: own, cluster: { ${server} } }]\nusers: [{ name: own, user: {} }]`;

  it.each([
    ['that is not there', undefined, 'cannot be read: "it does not exist"; .*'],
    [
      'that is no YAML',
      'users: [{ token: secret\n}: :',
      String.raw`cannot be read: "missed comma between flow collection entries \(2:2\)"; .*`,
    ],
    ['that is empty', '', 'cannot be read: "YAML without the fields of a kubeconfig"; .*'],
    ['whose clusters have no server', yaml(''), String.raw`cannot be read: "clusters\[0\].cluster.server is missing"; .*`],
    ['whose server is no address', yaml('server: own'), 'is not a URL; .*: got "own"'],
    ['whose context names a cluster that it lacks', yaml('server: "https://127.0.0.1"', 'other'), 'has no server; .*'],
  ])('%s is refused before anything is asked', async (_what, text, reason) => {
    api = await standIn(() => [200, {}]);
    const file = join(api.kubeconfig, '..', 'other');
    if (text !== undefined) writeFileSync(file, text);
    vi.stubEnv('KUBECONFIG', file);
    expect(() => Connection.open('own')).toThrow(new RegExp(String.raw`${reason} \[DEP008\]$`));
  });
});
