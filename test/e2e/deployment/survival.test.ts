import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldersIn } from '../../../lib/artifacts/folders';
import type { OnPremSite } from '../../../lib/artifacts/site';
import { readStacks, type Stack } from '../../../lib/artifacts/stacks';
import { applyStack } from '../../../lib/deployment/kubernetes/apply';
import { Connection } from '../../../lib/deployment/kubernetes/client/connection';
import { dryRunChanges } from '../../../lib/deployment/kubernetes/dry-run';
import { stackObjects } from '../../../lib/readback/terraform/stack-objects';
import { attempt } from '../harness/command';
import { deviations } from '../harness/deviations';
import { eventually } from '../harness/eventually';
import { exampleFile, synthesize, writeVariant } from '../harness/example';
import { processesIn } from '../harness/processes-in';
import { CrowdedObjects } from './crowded-objects';
import { probe, program, type Rig, readRecord, startRig } from './rig';

let rig: Rig;

const onPrem = ['--only', 'on-prem', '--on-prem-by', 'apply'] as const;

beforeAll(async () => {
  rig = await startRig();
}, 300_000);

afterAll(async () => {
  await rig?.stop();
});

/** Runs the command with changes to the environment. */
function withEnv(env: NodeJS.ProcessEnv, ...args: string[]) {
  return attempt(process.execPath, [program, ...args, exampleFile, '--out', rig.out], { env: { ...rig.env, ...env } });
}

describe('checks before any change', () => {
  test('deploy reports an unreachable endpoint at once', async () => {
    const started = Date.now();
    const { code, stderr } = await withEnv({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'deploy', '--on-prem-by', 'apply');
    expect(code).toBe(3);
    expect(stderr).toContain('sites/dublin');
    expect(stderr).toContain('DEP002');
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  test('deploy refuses credentials of another account', async () => {
    const { code, stderr } = await withEnv({ AWS_ACCESS_KEY_ID: '444455556666' }, 'deploy', '--only', 'cloud');
    expect([code, stderr.includes('DEP004')]).toEqual([2, true]);
  });

  test('deploy refuses a cluster without the label of the site', async () => {
    await rig.cluster.kubectl.run(['label', 'namespace', 'kube-system', '--overwrite', 'diptych/site=another']);
    const { code, stderr } = await rig.diptych('deploy', ...onPrem);
    await rig.cluster.kubectl.run(['label', 'namespace', 'kube-system', '--overwrite', `diptych/site=${rig.onPremSite.clusterIdentity}`]);
    expect([code, stderr.includes('DEP003')]).toEqual([2, true]);
  });

  test('deploy refuses artifacts that were changed', async () => {
    const file = join(rig.out, 'cdktf.out', 'stacks', 'basildon-core', 'cdk.tf.json');
    const before = readFileSync(file);
    appendFileSync(file, ' ');
    const { code, stderr } = await rig.diptych('deploy', ...onPrem);
    writeFileSync(file, before);
    expect([code, stderr.includes('ART002')]).toEqual([2, true]);
  });

  test('deploy records nothing when it is refused', () => {
    expect(existsSync(join(rig.out, 'diptych.out', 'deployments', '1.json'))).toBe(false);
  });
});

describe('a running deployment', () => {
  const file = () => join(rig.out, 'diptych.out', 'deployments', '1.json');

  test('deploy keeps a second run out, ends its tools on Ctrl-C, and lists the sites that were not reached', async () => {
    const args = [program, 'deploy', exampleFile, '--out', rig.out, '--on-prem-by', 'apply', '--first', 'dublin'];
    const child = spawn(process.execPath, args, { env: rig.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (!existsSync(file()) || readRecord(rig.out, 1).steps.every(({ status }) => status !== 'running')) await sleep(20);
    const other = await rig.diptych('deploy', ...onPrem);
    expect([other.code, other.stderr.includes('DEP005')]).toEqual([2, true]);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(readRecord(rig.out, 1).outcome).toBe('cancelled');
    expect(said).toContain('not reached: site basildon');
    await eventually(5, async () => expect(processesIn(rig.out)).toEqual([]));
  });

  test('deploy continues without a lost site, and records that it was left out', async () => {
    const { code } = await rig.diptych('deploy', '--site-lost', 'dublin', '--on-prem-by', 'apply');
    expect(code).toBe(0);
    const { outcome, steps } = readRecord(rig.out, 2);
    expect(outcome).toBe('done');
    expect(steps.filter(({ stack }) => stack.startsWith('dublin')).map(({ status }) => status)).not.toContain('done');
  });
});

describe('a rollout that cannot complete', () => {
  const everyNode = '--selector=kubernetes.io/os=linux';
  const tier = ['deployment', 'tls-tier', '--namespace=risk'] as const;
  const uid = async () => (await rig.cluster.kubectl.get<{ metadata: { uid: string } }>(...tier)).metadata.uid;
  let begun: string;

  test('deploy fails with the message of the cluster, and lists the site that was not reached', async () => {
    const { kubectl } = rig.cluster;
    rmSync(join(rig.out, 'diptych.out', 'deployments'), { recursive: true, force: true });
    for (const zone of ['risk', 'settlement']) await kubectl.run(['delete', 'deployment', '--all', `--namespace=${zone}`]);
    await kubectl.run(['cordon', everyNode]);
    const deployed = rig.diptych('deploy', '--on-prem-by', 'apply', '--first', 'basildon');
    // The example allows a tier several minutes, so the other zone's tier is still within its deadline when this one fails.
    await eventually(60, () => kubectl.run(['patch', ...tier, '--patch={"spec":{"progressDeadlineSeconds":5}}']));
    begun = await uid();
    const { code, stdout, stderr } = await deployed;
    expect([code, stderr.includes('DEP011')], stderr).toEqual([1, true]);
    const { outcome, steps } = readRecord(rig.out, 1);
    expect(outcome).toBe('failed');
    const failed = steps.filter(({ status }) => status === 'failed');
    expect(failed.map(({ stack }) => stack)).toEqual(['basildon-tiers']);
    expect(failed[0]?.summary).toMatch(/nodes are available: \d+ node\(s\) were unschedulable/);
    expect(new Set(steps.filter(({ site }) => site === 'dublin').map(({ status }) => status))).toEqual(new Set(['not-reached']));
    expect(stdout).toContain('not reached: site dublin');
  });

  test('deploy resumes with the same Deployment once the rollout can complete', async () => {
    await rig.cluster.kubectl.run(['uncordon', everyNode]);
    const { code, stderr } = await rig.diptych('deploy', ...onPrem);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('resumes deployment 1');
    expect(readRecord(rig.out, 2)).toMatchObject({ outcome: 'done', resumes: 1 });
    expect(await uid()).toBe(begun);
    expect(deviations((await probe(rig, '--only', 'on-prem')).report)).toEqual([]);
  });
});

describe('a pod of a tier', () => {
  test('probe reports a pod with a changed image or a debug container until it is recreated', async () => {
    const { kubectl } = rig.cluster;
    const zone = '--namespace=risk';
    // An autoscaled Deployment starts with one instance.
    const [pod, other] = await eventually(60, async () => {
      const pods = await kubectl.list('pod', zone, '--selector=diptych/role=tier');
      expect(pods.length).toBeGreaterThan(1);
      return pods.map(({ metadata }) => metadata.name);
    });
    const spec = { spec: { containers: [{ name: 'haproxy', image: 'registry.example/haproxy:by-hand' }] } };
    await kubectl.run(['patch', 'pod', `${pod}`, zone, `--patch=${JSON.stringify(spec)}`]);
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const debugging = { spec: { ephemeralContainers: [{ name: 'debugger', image: 'registry.example/tools:1', securityContext }] } };
    await kubectl.run(['patch', 'pod', `${other}`, zone, '--subresource=ephemeralcontainers', `--patch=${JSON.stringify(debugging)}`]);
    const { findings } = (await probe(rig, '--only', 'on-prem')).report;
    expect(deviations({ findings })).toEqual([pod, other].map((name) => `drifted Pod risk/${name}`).sort());
    expect(findings.flatMap(({ differences }) => differences.map(({ attribute }) => attribute)).sort()).toEqual([
      'spec.containers[haproxy].image',
      'spec.ephemeralContainers[debugger].image',
    ]);
    await kubectl.run(['delete', 'pod', `${pod}`, `${other}`, zone]);
    await kubectl.run(['rollout', 'status', 'deployment', 'tls-tier', zone, '--timeout=60s']);
    expect(deviations((await probe(rig, '--only', 'on-prem')).report)).toEqual([]);
  });
});

describe('a tier scaled to zero', () => {
  test('deploy --plan reports the tier as changed, and deploy scales it up again', async () => {
    const { kubectl } = rig.cluster;
    const tier = ['deployment', 'tls-tier', '--namespace=algorithmic'];
    await kubectl.run(['scale', ...tier, '--replicas=0']);
    expect(deviations((await probe(rig, '--only', 'on-prem')).report)).toEqual(['drifted Deployment algorithmic/tls-tier']);
    const { stdout } = await rig.diptych('deploy', '--plan', ...onPrem);
    expect(stdout).toMatch(/^0 to add, 1 to change, 0 to replace, 0 to remove$/m);
    expect((await rig.diptych('deploy', ...onPrem)).code).toBe(0);
    const { status } = await kubectl.get<{ status: { availableReplicas?: number } }>(...tier);
    expect(status.availableReplicas).toBeGreaterThan(0);
    expect(deviations((await probe(rig, '--only', 'on-prem')).report)).toEqual([]);
  });
});

describe('writes by others between read and apply', () => {
  test('deploy neither plans nor counts a write by another client as its own change', async () => {
    const stack = readStacks(foldersIn(rig.out), [rig.onPremSite as OnPremSite]).find(({ name }) => name === 'basildon-tiers') as Stack;
    const objects = new CrowdedObjects(Connection.open(rig.onPremSite.context), rig.cluster.kubectl);
    const { signal } = new AbortController();
    expect(await dryRunChanges(stack, 'meridian', objects, signal)).toEqual([]);
    const wanted = stackObjects(stack);
    const { unchanged, ...others } = await applyStack({ objects, stack: stack.name, estate: 'meridian', wanted, signal, say: () => {} });
    expect(unchanged).toHaveLength(wanted.length);
    expect(Object.values(others).flat()).toEqual([]);
  }, 120_000);
});

describe('a changed endpoint', () => {
  test('deploy --plan and deploy replace objects named by content, and leave unmanaged objects unchanged', async () => {
    await rig.cluster.kubectl.run(['create', 'configmap', 'by-hand', '--namespace=settlement']);
    const names = async () => (await rig.cluster.kubectl.list('configmap', '--namespace=settlement')).map(({ metadata }) => metadata.name);
    const before = await names();
    const variant = writeVariant(join(rig.out, 'estate.yaml'), [
      { path: ['zones', 'settlement', 'endpoints', 'confirmations', 'port'], value: 9445 },
    ]);
    await synthesize(variant, rig.out);
    const run = (...args: string[]) => attempt(process.execPath, [program, ...args, '--out', rig.out, ...onPrem], { env: rig.env });
    const plan = await run('deploy', variant, '--plan');
    expect(plan.stdout).toMatch(/add\s+ConfigMap settlement\//);
    expect(plan.stdout).toMatch(/remove\s+ConfigMap settlement\//);
    expect(plan.stdout).toMatch(/^[1-9]\d* to add, \d+ to change, 0 to replace, [1-9]\d* to remove$/m);
    expect((await run('deploy', variant)).code).toBe(0);
    const after = await names();
    expect(after).toContain('by-hand');
    expect(after).toHaveLength(before.length);
    expect(after.filter((name) => !before.includes(name))).toHaveLength(1);
    await synthesize(exampleFile, rig.out);
    expect((await rig.diptych('deploy', ...onPrem)).code).toBe(0);
    expect((await names()).sort()).toEqual(before.sort());
  });
});

describe('diptych destroy', () => {
  /** The Secret was created manually, the ConfigMap during an endpoint change. */
  const byHand = ['basildon: ConfigMap settlement/by-hand', 'basildon: Secret settlement/api-tls'];

  test('destroy is refused, and lists protected resources with the reason', async () => {
    await rig.cluster.kubectl.run(['create', 'secret', 'generic', 'api-tls', '--from-literal=tls.key=own', '--namespace=settlement']);
    const { code, stderr } = await rig.diptych('destroy', ...onPrem);
    expect(stderr).toContain('prevent_destroy');
    const others = stderr.split('\n').filter((line) => line.includes('would be deleted with its namespace'));
    expect(others).toEqual(byHand.map((what) => `protected: ${what}: would be deleted with its namespace; Diptych did not create it`));
    expect([code, stderr.includes('DEP009')]).toEqual([2, true]);
    expect(await rig.cluster.kubectl.run(['get', 'secret', 'api-tls', '--namespace=settlement'])).toContain('api-tls');
  });

  test('destroy is refused without a terminal unless --yes is given', async () => {
    const { code, stderr } = await rig.diptych('destroy', '--unprotect', ...onPrem);
    expect([code, stderr.includes('DEP010')]).toEqual([2, true]);
  });

  test('destroy --unprotect --yes deletes everything that was deployed', async () => {
    const { code, stderr } = await rig.diptych('destroy', '--unprotect', '--yes', ...onPrem);
    expect(code, stderr).toBe(0);
    for (const what of byHand) expect(stderr).toContain(`protected: ${what}`);
    const { report } = await probe(rig, '--only', 'on-prem');
    expect(deviations(report).filter((finding) => !finding.startsWith('missing'))).toEqual([]);
    expect(report.counts['as-planned']).toBe(0);
  });
});
