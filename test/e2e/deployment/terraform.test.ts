import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attempt } from '../harness/command';
import { deviations } from '../harness/deviations';
import { exampleFile, synthesize, writeVariant } from '../harness/example';
import { mirrorVariable } from '../on-prem/terraform';
import { probe, program, type Rig, readRecord, startRig } from './rig';

const mirror = process.env[mirrorVariable];

describe('diptych deploy with Terraform', () => {
  let rig: Rig;

  beforeAll(async () => {
    if (mirror) rig = await startRig();
  }, 300_000);

  beforeEach(({ skip }) => {
    skip(!mirror, `no mirror of Terraform's providers: ${mirrorVariable} is not set`);
  });

  afterAll(async () => {
    await rig?.stop();
  });

  test('deploy completes when it is run again after it was killed during an apply', async () => {
    const args = [program, 'deploy', exampleFile, '--out', rig.out, '--only', 'on-prem'];
    const child = spawn(process.execPath, args, { env: rig.env, stdio: 'ignore' });
    const log = join(rig.out, 'diptych.out', 'deployments', '1', 'basildon-core.log');
    while (!existsSync(log) || !readFileSync(log, 'utf8').includes('Creating...')) await sleep(20);
    child.kill('SIGKILL');
    const { code, stderr } = await rig.diptych('deploy', '--only', 'on-prem');
    expect(code, stderr).toBe(0);
    expect(readRecord(rig.out, 2).resumes).toBe(1);
    expect(deviations((await probe(rig, '--only', 'on-prem')).report)).toEqual([]);
  }, 300_000);

  test('deploy keeps a Deployment whose creation timed out, and records that it was untainted', async () => {
    const stack = join(rig.out, 'cdktf.out', 'stacks', 'basildon-tiers');
    const env = { ...rig.env, KUBE_CONFIG_PATH: rig.cluster.kubeconfig };
    const state = await attempt('terraform', [`-chdir=${stack}`, 'state', 'list'], { env });
    const address = state.stdout.split('\n').find((line) => line.startsWith('kubernetes_deployment_v1.')) ?? '';
    await attempt('terraform', [`-chdir=${stack}`, 'taint', address], { env });
    const uids = async () =>
      (await rig.cluster.kubectl.list<{ metadata: { uid: string } }>('deployment', '--all-namespaces')).map(({ metadata }) => metadata.uid);
    const before = await uids();
    expect((await rig.diptych('deploy', '--only', 'on-prem')).code).toBe(0);
    expect(await uids()).toEqual(before);
    expect(readRecord(rig.out, 3).steps.flatMap(({ untainted }) => untainted)).toEqual([address]);
  }, 300_000);

  test('a second deploy changes nothing', async () => {
    const { code, stdout } = await rig.diptych('deploy', '--only', 'on-prem');
    expect([code, stdout.trim().split('\n').at(-1)]).toEqual([0, 'nothing changed']);
  }, 300_000);

  test('deploy fails and deletes no namespace of a removed zone while the namespace is in use', async () => {
    const { kubectl } = rig.cluster;
    const secret = ['secret', 'api-tls', '--namespace=settlement'];
    await kubectl.run(['create', 'secret', 'generic', ...secret.slice(1)]);
    const variant = writeVariant(join(rig.out, 'estate.yaml'), [{ path: ['zones', 'settlement'] }]);
    await synthesize(variant, rig.out);
    const deploy = () =>
      attempt(process.execPath, [program, 'deploy', variant, '--out', rig.out, '--only', 'on-prem', '--site', 'basildon'], {
        env: rig.env,
      });
    const refused = await deploy();
    expect([refused.code, refused.stderr.includes('DEP014')], refused.stderr).toEqual([1, true]);
    const { steps } = readRecord(rig.out, 5);
    const log = join(rig.out, 'diptych.out', 'deployments', '5', 'basildon-core.log');
    expect(steps.find(({ stack }) => stack === 'basildon-core')?.status).toBe('failed');
    expect(
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.includes('would be deleted with its namespace')),
    ).toEqual(['Secret settlement/api-tls would be deleted with its namespace, but Diptych did not create it']);
    for (const kind of ['networkpolicy', 'deployment']) expect(await kubectl.list(kind, '--namespace=settlement')).not.toEqual([]);
    await kubectl.run(['delete', ...secret]);
    const { code, stderr } = await deploy();
    expect(code, stderr).toBe(0);
    expect((await kubectl.list('namespace')).map(({ metadata }) => metadata.name)).not.toContain('settlement');
  }, 300_000);

  test('destroy only deletes protected resources with --unprotect', async () => {
    await synthesize(exampleFile, rig.out);
    expect((await rig.diptych('destroy', '--only', 'on-prem', '--yes')).code).toBe(2);
    const { code, stderr } = await rig.diptych('destroy', '--only', 'on-prem', '--yes', '--unprotect');
    expect(code, stderr).toBe(0);
    expect((await probe(rig, '--only', 'on-prem')).report.counts['as-planned']).toBe(0);
  }, 300_000);
});
