import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelled } from '../../../../lib/core/refusal';
import { Connection } from '../../../../lib/deployment/kubernetes/client/connection';
import { type Answer, drip, type StandIn, silence, standIn } from '../../../support/stand-in-api';

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
  it.each([
    ['no variable names a kubeconfig and there is no file in the home folder', '', /^kubeconfig: KUBECONFIG is not set, and .* must .*/],
    ['KUBECONFIG names a file that does not exist', '/no/such/kubeconfig', /\/no\/such\/kubeconfig does not exist; /],
  ])('Connection.open cannot tell anything about a site if %s', async (_when, file, message) => {
    api = await standIn(() => [200, {}]);
    vi.stubEnv('KUBECONFIG', file);
    for (const name of ['KUBE_CONFIG_PATH', 'KUBE_CONFIG_PATHS']) vi.stubEnv(name, '');
    vi.stubEnv('HOME', join(api.kubeconfig, '..', 'nobody'));
    const problems = [expect.objectContaining({ code: 'DEP030' })];
    expect(() => Connection.open('own')).toThrow(
      expect.objectContaining({ kind: 'unreachable', problems, message: expect.stringMatching(message) }),
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

describe('a Connection to a server that misbehaves', () => {
  const open = async (answer: () => Answer | Promise<Answer>, props = {}) => {
    api = await standIn(answer);
    vi.stubEnv('KUBECONFIG', api.kubeconfig);
    return Connection.open('own', props);
  };
  const ended = async (work: Promise<unknown>) => {
    const start = performance.now();
    const error = (await work.catch((thrown: unknown) => thrown)) as NodeJS.ErrnoException;
    return { error, seconds: (performance.now() - start) / 1_000 };
  };

  it.each<readonly [how: string, answer: () => Answer | Promise<Answer>]>([
    ['that never answers', () => silence],
    ['whose answer never ends', () => [200, drip(' ', 20)]],
  ])('Connection gives up a server %s after the time for the whole exchange', async (_how, answer) => {
    const connection = await open(answer);
    const { error, seconds } = await ended(connection.ask('GET', 'version', { timeoutMilliseconds: 300 }));
    expect(error.code).toBe('ETIMEDOUT');
    expect(seconds).toBeLessThan(5);
  });

  it.each<readonly [how: string, answer: () => Answer | Promise<Answer>]>([
    ['never answers', () => silence],
    ['never ends its answer', () => [200, drip(' ', 20)]],
    ['is always busy', () => [503, {}]],
  ])('Connection ends with the reason of its signal while a server %s, and sends nothing more', async (_how, answer) => {
    const cancel = new AbortController();
    const connection = await open(answer, { signal: cancel.signal });
    setTimeout(() => cancel.abort(new Cancelled('SIGINT')), 200);
    const { error, seconds } = await ended(connection.ask('GET', 'version'));
    expect([error, error.cause]).toContainEqual(new Cancelled('SIGINT'));
    expect(seconds).toBeLessThan(5);
    const asked = api.asked.length;
    await expect(connection.ask('GET', 'version')).rejects.toThrow('cancelled by SIGINT');
    expect(api.asked.length).toBe(asked);
  });

  it('Connection.uncancelled sends requests after its signal', async () => {
    const connection = await open(() => [200, { kind: 'Status' }], { signal: AbortSignal.abort(new Cancelled('SIGINT')) });
    expect(await connection.uncancelled().ask('DELETE', 'version')).toEqual({ kind: 'Status' });
  });

  it('Connection refuses an answer of more than 256 MiB, and does not ask again', async () => {
    const connection = await open(() => [200, drip(' '.repeat(4 * 1024 * 1024), 0)]);
    const { error } = await ended(connection.ask('GET', 'version'));
    expect(error).toMatchObject({ status: 413, message: 'the response has more than 256 MiB' });
    expect(api.asked).toEqual(['GET /version']);
  });

  it('Connection ends an exec plugin that takes too long, also one whose child keeps its output open', async () => {
    await open(() => [200, {}]);
    authenticateBy('sleep 30 & sleep 30');
    const limited = Connection.open('own', { pluginSeconds: 0.3 });
    const { error, seconds } = await ended(limited.ask('GET', 'version'));
    expect(error.message).toBe("the kubeconfig's exec plugin did not return credentials within 0.3 s");
    expect(seconds).toBeLessThan(5);
    expect(api.asked).toEqual([]);
  });

  it('Connection ends with the reason of its signal while an exec plugin runs', async () => {
    await open(() => [200, {}]);
    authenticateBy('sleep 30');
    const { error, seconds } = await ended(Connection.open('own', { signal: AbortSignal.timeout(200) }).ask('GET', 'version'));
    expect(error.name).toBe('TimeoutError');
    expect(seconds).toBeLessThan(5);
  });
});

describe('Connection.open', () => {
  const yaml = (server: string, cluster = 'own') =>
    `contexts: [{ name: own, context: { cluster: ${cluster}, user: own } }]\nclusters: [{ name: own, cluster: { ${server} } }]\nusers: [{ name: own, user: {} }]`;

  it.each([
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
    writeFileSync(file, text);
    vi.stubEnv('KUBECONFIG', file);
    expect(() => Connection.open('own')).toThrow(new RegExp(String.raw`${reason} \[DEP008\]$`));
  });
});
