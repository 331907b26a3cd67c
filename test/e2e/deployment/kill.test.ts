import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteStackCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stackName } from '../../../lib/artifacts/stack-kinds';
import { clientsOf } from '../../../lib/deployment/aws/clients';
import { Connection } from '../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../lib/deployment/kubernetes/client/objects';
import { terraformApplyStep } from '../../../lib/deployment/terraform/apply-step';
import { seeded } from '../../support/seeded';
import { unprotect } from '../cloud/site';
import { attempt, succeed } from '../harness/command';
import { deviations } from '../harness/deviations';
import { eventually } from '../harness/eventually';
import { exampleFile } from '../harness/example';
import { processesIn } from '../harness/processes-in';
import { type ProbeReport, probe, program, type Rig, readRecord, startRig } from './rig';

let rig: Rig;

const onPrem = ['--only', 'on-prem', '--on-prem-by', 'apply'] as const;

/** A prerequisite that no package provides. */
const terraform: string = 'terraform';

/** Number of resources that are as planned, and of those that no service returns. */
let counts: ProbeReport['counts'];

beforeAll(async () => {
  rig = await startRig();
}, 300_000);

afterAll(async () => {
  await rig?.stop();
});

/** Starts a deployment and sends SIGKILL when a promise resolves; returns whether it was still running. */
async function killedAt(moment: (child: ChildProcess) => Promise<unknown>): Promise<boolean> {
  const args = [program, 'deploy', exampleFile, '--out', rig.out, '--on-prem-by', 'apply'];
  const child = spawn(process.execPath, args, { env: rig.env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([moment(child), ended]);
  const alive = child.exitCode === null;
  child.kill('SIGKILL');
  await ended;
  return alive;
}

function records(): string {
  return join(rig.out, 'diptych.out', 'deployments');
}

/** Step boundaries that a deployment has passed. */
function passed(number: number): string[] {
  if (!existsSync(join(records(), `${number}.json`))) return [];
  return readRecord(rig.out, number).steps.flatMap(({ stack, status }) => {
    if (status === 'running') return [`begin ${stack}`];
    return status === 'done' ? [`begin ${stack}`, `end ${stack}`] : [];
  });
}

/** Waits until a deployment passes boundaries at which none was killed yet. */
async function nextBoundary(number: number, killed: ReadonlySet<string>): Promise<void> {
  while (passed(number).every((boundary) => killed.has(boundary))) await sleep(2);
}

/** Counts of a probe; fails unless everything that could be read is as planned. */
async function live(): Promise<ProbeReport['counts']> {
  const { code, report } = await probe(rig);
  expect(deviations(report)).toEqual([]);
  expect(code).toBe(0);
  return report.counts;
}

/** Runs a deployment to its end and returns its output. */
async function complete(): Promise<string> {
  const { code, stderr } = await rig.diptych('deploy', '--on-prem-by', 'apply');
  expect(code, stderr).toBe(0);
  return stderr;
}

/** Fails if any lock, process or temporary file of a deployment is left. */
async function expectNothingLeft(): Promise<void> {
  expect(existsSync(join(records(), 'lock'))).toBe(false);
  expect(await rig.cluster.kubectl.list('lease', '--namespace=kube-system', '--field-selector=metadata.name=diptych-deployment')).toEqual(
    [],
  );
  await eventually(5, async () => expect(processesIn(rig.out)).toEqual([]));
}

describe('a deployment that is killed', () => {
  test('deploy resumes after it was killed at the start or the end of any step', async () => {
    const killed = new Set<string>();
    let number = 1;
    while (await killedAt(() => nextBoundary(number, killed))) {
      for (const boundary of passed(number)) killed.add(boundary);
      if (number > 1) expect(readRecord(rig.out, number).resumes).toBe(number - 1);
      number++;
    }
    const { outcome, resumes, steps } = readRecord(rig.out, number);
    console.log(`killed ${number - 1} times, at ${killed.size} boundaries of ${steps.length} steps; every run said what it resumed`);
    expect(outcome).toBe('done');
    // At the end of the last step the deployment may be complete already.
    expect(resumes).toBe(readRecord(rig.out, number - 1).outcome === 'done' ? undefined : number - 1);
    expect([...killed].sort()).toEqual(steps.flatMap(({ stack }) => [`begin ${stack}`, `end ${stack}`]).sort());
    counts = await live();
    await expectNothingLeft();
  }, 900_000);

  test('deploy repairs the state after it was killed at five random moments', async () => {
    const random = seeded(Number(process.env.DIPTYCH_E2E_SEED ?? 20_261_121));
    await undo();
    const started = Date.now();
    await complete();
    let longest = Date.now() - started;
    // A deployment without interruption restores everything.
    expect(await live()).toEqual(counts);
    let kills = 0;
    while (kills < 5) {
      await undo();
      const milliseconds = random() * longest;
      if (!(await killedAt(() => sleep(milliseconds)))) {
        // The run completed before it could be killed, because the machine was faster this time.
        longest = milliseconds;
        continue;
      }
      kills++;
      const lines = (await complete()).split('\n').filter((line) => /resumes|took over|waited/.test(line));
      console.log(`killed after ${Math.round(milliseconds)} ms: ${lines.join('; ') || 'too early for anything'}`);
      expect(await live()).toEqual(counts);
      await expectNothingLeft();
    }
  }, 900_000);
});

describe('a lock whose holder has ended', () => {
  test('deploy refuses while a Lease of another machine is renewed, and takes it over afterwards', async () => {
    const heldAt = (milliseconds: number, leaseDurationSeconds: number) => {
      const renewTime = new Date(milliseconds).toISOString().replace('Z', '000Z');
      const metadata = { name: 'diptych-deployment', namespace: 'kube-system' };
      const spec = { holderIdentity: 'elsewhere:4711', leaseDurationSeconds, renewTime };
      return rig.cluster.kubectl.apply([{ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec }]);
    };
    await heldAt(Date.now(), 60);
    const refused = await rig.diptych('deploy', ...onPrem);
    expect([refused.code, refused.stderr.includes('DEP005'), refused.stderr.includes('elsewhere:4711')]).toEqual([2, true, true]);
    await heldAt(Date.now() - 61_000, 3);
    const { code, stderr } = await rig.diptych('deploy', ...onPrem);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('took over the Lease of elsewhere:4711');
    await expectNothingLeft();
  });

  test('deploy releases a Terraform state lock that an interrupted run left behind', async ({ skip }) => {
    skip((await attempt(terraform, ['version']).catch(() => ({ code: 1 }))).code !== 0, 'Terraform is not installed');
    const folder = join(rig.out, 'locked');
    const stack = { name: 'locked', site: 'basildon', half: 'on-prem', after: [], file: join(folder, 'main.tf.json') } as const;
    // A resource without a provider, beside a stack that has only the backend of the example.
    const write = (seconds: number) => {
      const slow = { provisioner: { 'local-exec': { command: `sleep ${seconds}` } } };
      writeFileSync(join(folder, 'slow.tf.json'), JSON.stringify({ resource: { terraform_data: { slow } } }));
    };
    mkdirSync(folder);
    const backend = { kubernetes: { namespace: 'terraform-state', secret_suffix: stack.name } };
    writeFileSync(stack.file, JSON.stringify({ terraform: { backend } }));
    write(60);
    const env = { ...rig.env, KUBE_CONFIG_PATH: rig.cluster.kubeconfig };
    await succeed(terraform, [`-chdir=${folder}`, 'init', '-input=false'], { env });
    const started = new Date().toISOString();
    const applying = spawn(terraform, [`-chdir=${folder}`, 'apply', '-auto-approve'], { env, stdio: 'ignore', detached: true });
    const lease = ['lease', `lock-tfstate-default-${stack.name}`, '--namespace=terraform-state'];
    const holder = async () => (await rig.cluster.kubectl.get<{ spec: { holderIdentity?: string } }>(...lease)).spec.holderIdentity;
    const lock = await eventually(30, async () => {
      const held = await holder();
      expect(held).toBeTruthy();
      return held;
    });
    process.kill(-(applying.pid ?? 0), 'SIGKILL');
    const unfinished = [{ started, ended: new Date().toISOString() }];
    write(0);
    const context = { log: join(folder, 'log'), say: () => {}, signal: new AbortController().signal, unfinished };
    const objects = new Objects(Connection.open(rig.onPremSite.context));
    expect(await terraformApplyStep(stack, objects).run(context)).toMatchObject({ changed: true, unlocked: [lock] });
    expect(await holder()).toBeFalsy();
  });
});

/** Deletes some of the deployed resources at both sites, so that there is something to deploy again. */
async function undo(): Promise<void> {
  rmSync(records(), { recursive: true, force: true });
  await rig.cluster.kubectl.run(['delete', 'deployment,service', '--all', '--namespace=risk', '--wait=true']);
  await rig.cluster.kubectl.run(['delete', 'networkpolicy', '--all', '--namespace=settlement']);
  const clients = clientsOf(rig.cloudSite);
  const StackName = stackName(rig.cloudSite.id, 'tiers-0');
  await unprotect(clients, [StackName]);
  await clients.cloudFormation.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client: clients.cloudFormation, maxWaitTime: 60 }, { StackName });
}
