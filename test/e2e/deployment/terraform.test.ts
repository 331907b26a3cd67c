import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attempt } from '../harness/command';
import { deviations } from '../harness/deviations';
import { exampleFile } from '../harness/example';
import { mirrorVariable } from '../on-prem/terraform';
import { probe, program, type Rig, readRecord, startRig } from './rig';

const mirror = process.env[mirrorVariable];

describe('diptych deploy by Terraform', () => {
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

  test('is killed in the middle of an apply and completes when it is run again', async () => {
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

  test('keeps a Deployment whose creation timed out, and records that it did', async () => {
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

  test('changes nothing a second time', async () => {
    const { code, stdout } = await rig.diptych('deploy', '--only', 'on-prem');
    expect([code, stdout.trim().split('\n').at(-1)]).toEqual([0, 'nothing changed']);
  }, 300_000);

  test('destroys what is protected only when it is told to', async () => {
    expect((await rig.diptych('destroy', '--only', 'on-prem', '--yes')).code).toBe(2);
    const { code, stderr } = await rig.diptych('destroy', '--only', 'on-prem', '--yes', '--unprotect');
    expect(code, stderr).toBe(0);
    expect((await probe(rig, '--only', 'on-prem')).report.counts['as-planned']).toBe(0);
  }, 300_000);
});
