import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { DeploymentRecord } from '../../../lib/deployment/run/record';
import { diptych, diptychAside, type Ended, root } from '../../support/diptych';
import { type Answer, drip, type StandIn, silence, standIn } from '../../support/stand-in-api';

const folder = mkdtempSync(join(tmpdir(), 'diptych-deploy-'));
const estate = join(folder, 'estate.yaml');
const records = join(folder, 'diptych.out', 'deployments');

type Running = ChildProcessByStdio<null, Readable, Readable>;

let api: StandIn;
let running: Running;

/** The Lease of the cluster, while somebody holds it. */
let lease: object | undefined;

/** Are called as a deployment takes the Lease, which comes before its steps; as somebody looks for what is not there; and as a step writes. */
let atLease: () => void;
let atLook: () => void;
let atStep: () => void;

/** True if the cluster no longer answers about its Lease. */
let silent = false;

/** What the cluster answers once the Lease is taken, instead of what it holds. */
let held: (() => Answer | Promise<Answer>) | undefined;

beforeAll(() => {
  expect(diptych(['init', folder])).toMatchObject({ status: 0 });
  expect(diptych(['synth', estate, '--out', folder])).toMatchObject({ status: 0 });
});

beforeEach(async () => {
  atLease = atLook = atStep = () => {};
  lease = held = undefined;
  silent = false;
  api = await standIn((method, path, { body }) => answer(method, path, body));
});

afterEach(async () => {
  await api.stop();
  rmSync(records, { recursive: true, force: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const leases = { kind: 'Lease', name: 'leases', namespaced: true };
const core = [
  { kind: 'ConfigMap', name: 'configmaps', namespaced: true },
  { kind: 'Namespace', name: 'namespaces', namespaced: false },
];

/** A cluster that is the one meant, holds nothing, keeps a Lease, and lets nobody write anything else. */
function answer(method: string, path: string, body: unknown): Answer | undefined | Promise<Answer> {
  if (held && lease && !path.startsWith('/apis/coordination.k8s.io')) return held();
  if (path === '/version') return [200, {}];
  if (path === '/api/v1/namespaces/kube-system') return [200, { metadata: { labels: { 'diptych/site': 'example-own' } } }];
  if (path === '/api/v1') return [200, { resources: core }];
  if (path === '/apis/coordination.k8s.io/v1') return [200, { resources: [leases] }];
  if (path.startsWith('/apis/coordination.k8s.io/')) return leased(method, body);
  (method === 'GET' ? atLook : atStep)();
  return method === 'GET' ? undefined : [403, { reason: 'Forbidden', message: 'User "deployer" cannot patch resource "configmaps"' }];
}

function leased(method: string, body: unknown): Answer | undefined | Promise<Answer> {
  if (silent) return silence;
  if (method === 'GET') return lease && [200, lease];
  if (method === 'POST') atLease();
  const { metadata, ...rest } = body as { readonly metadata: object };
  lease = method === 'DELETE' ? undefined : { ...rest, metadata: { ...metadata, resourceVersion: '1' } };
  return [200, lease ?? {}];
}

/** Arguments and environment of a command on the site on-prem, for whose cluster this process answers. */
function onPrem(args: readonly string[]) {
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, readFileSync(api.kubeconfig, 'utf8').replaceAll('"own"', '"own-production"'));
  return { args: [...args, estate, '--out', folder, '--only', 'on-prem'], env: { KUBECONFIG: kubeconfig } };
}

function run(...options: readonly string[]): Promise<Ended> {
  const { args, env } = onPrem(options);
  return diptychAside(args, { env });
}

/** Runs a command in a process of its own, `running`, whose output a test can stop reading. */
async function runAlone(...options: readonly string[]): Promise<number | null> {
  const { args, env } = onPrem(options);
  const command = [join(root, 'dist/bin/diptych.js'), ...args];
  running = spawn(process.execPath, command, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [status] = (await once(running, 'close')) as [number | null];
  return status;
}

const deploy = ['deploy', '--on-prem-by', 'apply'] as const;

function record(): DeploymentRecord {
  return JSON.parse(readFileSync(join(records, '1.json'), 'utf8'));
}

function expectNothingHeld(): void {
  expect([existsSync(join(records, 'lock')), lease]).toEqual([false, undefined]);
}

describe('diptych deploy', () => {
  it('diptych deploy applies nothing if the artifacts change after it has started', async () => {
    const file = join(folder, 'cdktf.out', 'stacks', 'own-tiers', 'cdk.tf.json');
    const before = readFileSync(file);
    onTestFinished(() => writeFileSync(file, before));
    atLease = () => appendFileSync(file, ' ');
    let asked = 0;
    atStep = () => asked++;
    const { status, stderr } = await run(...deploy);
    expect([status, asked, stderr.includes('[DEP019]')], stderr).toEqual([1, 0, true]);
    expect(record().steps.map(({ status: of }) => of)).toEqual(['failed', 'not-reached', 'not-reached']);
    expectNothingHeld();
  });

  it('diptych deploy fails with DEP020 if its record can no longer be written', async () => {
    atStep = () => {
      if (!existsSync(join(records, '1.json.unfinished'))) symlinkSync('/dev/full', join(records, '1.json.unfinished'));
    };
    const { status, stderr } = await run(...deploy);
    expect([status, stderr.includes('deployments/1: the record or a log cannot be written'), stderr.includes('[DEP020]')], stderr).toEqual([
      1,
      true,
      true,
    ]);
    expectNothingHeld();
  });

  it('diptych deploy is refused if its record cannot be written from the start', async () => {
    atLease = () => symlinkSync('/dev/full', join(records, '1.json.unfinished'));
    let asked = 0;
    atStep = () => asked++;
    const { status, stderr } = await run(...deploy);
    expect([status, asked, stderr.includes('[CMD005]')], stderr).toEqual([2, 0, true]);
    expectNothingHeld();
  });
});

describe('diptych deploy --stacks', () => {
  it('diptych deploy --stacks deploys and records only stacks of the kinds that are named', async () => {
    const { status, stderr } = await run('deploy', '--stacks', 'tiers', '--on-prem-by', 'apply');
    expect(status, stderr).toBe(1);
    expect(record().steps.map(({ stack }) => stack)).toEqual(['own-tiers']);
  });

  it('diptych deploy --stacks refuses a kind that the chosen sites do not have', async () => {
    const { status, stderr } = await run('deploy', '--stacks', 'flows', '--on-prem-by', 'apply');
    expect([status, stderr.includes('[ART013]')], stderr).toEqual([2, true]);
    expectNothingHeld();
  });
});

describe('Ctrl-C', () => {
  it.each<readonly [how: string, held: () => Answer | Promise<Answer>]>([
    ['never answers', () => silence],
    ['sends its answer byte by byte', () => [200, drip(' ', 100)]],
  ])('Ctrl-C ends diptych deploy within seconds while the API server %s, and releases what is held', async (_how, answers) => {
    held = answers;
    const waiting = runAlone(...deploy);
    while (!lease || !api.asked.some((line) => !/version|kube-system|coordination/.test(line))) await sleep(20);
    const cancelledAt = performance.now();
    running.kill('SIGINT');
    expect(await waiting).toBe(1);
    expect(performance.now() - cancelledAt).toBeLessThan(10_000);
    expectNothingHeld();
  });

  it('a second Ctrl-C ends diptych deploy at once, and says what is left', async () => {
    // The Lease cannot be released, because the server falls silent for good.
    held = () => silence;
    let said = '';
    const waiting = runAlone(...deploy);
    running.stderr.on('data', (chunk) => {
      said += chunk;
    });
    while (!lease || !api.asked.some((line) => !/version|kube-system|coordination/.test(line))) await sleep(20);
    silent = true;
    running.kill('SIGINT');
    await sleep(1_000);
    running.kill('SIGINT');
    await waiting;
    expect(running.signalCode).toBe('SIGINT');
    expect(said).toMatch(/Lease of each cluster expires.*\nRun the same command again/);
  });
});

describe('a closed pipe', () => {
  /** As `| head -1` does, once the step has begun. */
  const leave = () => {
    running.stdout.destroy();
    running.stderr.destroy();
  };

  it('diptych deploy finishes, with its record and its exit code, if the reader closes the pipe', async () => {
    atStep = leave;
    expect(await runAlone(...deploy)).toBe(1);
    expect(record()).toMatchObject({
      outcome: 'failed',
      steps: [{ status: 'failed' }, { status: 'not-reached' }, { status: 'not-reached' }],
    });
    expectNothingHeld();
  });

  it('diptych probe still exits with 1 for missing objects if the reader closes the pipe', async () => {
    atLook = leave;
    expect(await runAlone('probe')).toBe(1);
  });
});
