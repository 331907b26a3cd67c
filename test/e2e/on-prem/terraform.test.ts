import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import type { Cluster } from '../harness/cluster';
import { exampleFile, onPremSiteOf, synthesize, writeVariant } from '../harness/example';
import { scratchFolder } from '../harness/scratch';
import { writeManifests } from './manifests';
import { asCreated, live } from './same-object';
import { startSiteCluster } from './site-cluster';
import { mirrorVariable, Terraform } from './terraform';
import { LiveTier } from './tiers';

const mirror = process.env[mirrorVariable];
const scratch = scratchFolder('terraform');
const out = join(scratch.folder, 'out');

let cluster: Cluster;
let terraform: Terraform;
let stacks: string[];
let plan: EstatePlan;

/** Addresses declared by a stack's configuration. */
function declared(stack: string): string[] {
  const file = join(out, 'cdktf.out', 'stacks', stack, 'cdk.tf.json');
  const { resource = {} } = JSON.parse(readFileSync(file, 'utf8')) as { resource?: Record<string, Record<string, unknown>> };
  return Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
}

/** Removes `prevent_destroy` from a stack, as an operator would. */
function unprotect(stack: string): void {
  const file = join(out, 'cdktf.out', 'stacks', stack, 'cdk.tf.json');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"prevent_destroy": true', '"prevent_destroy": false'));
}

describe('the on-prem site deployed with Terraform', () => {
  beforeAll(async () => {
    if (!mirror) return;
    ({ plan } = await synthesize(exampleFile, out));
    const site = onPremSiteOf(plan);
    cluster = await startSiteCluster(site);
    stacks = ['core', 'extensions', 'tiers'].map((part) => `${site.id}-${part}`);
    if (site.terraformBackend.kind === 'kubernetes') await cluster.kubectl.run(['create', 'namespace', site.terraformBackend.namespace]);
    const folder = join(out, 'cdktf.out', 'stacks');
    terraform = new Terraform({ stacks: folder, kubeconfig: cluster.kubeconfig, mirror: mirror ?? '', scratch: scratch.folder });
  });

  afterAll(async () => {
    await cluster?.stop();
    scratch.remove();
  });

  beforeEach(({ skip }) => {
    skip(!mirror, `no mirror of Terraform's providers: ${mirrorVariable} is not set`);
  });

  test('terraform init, validate and apply succeed for every stack', async () => {
    for (const stack of stacks) {
      await terraform.run(stack, 'init');
      await terraform.run(stack, 'validate');
      await terraform.run(stack, 'apply', '-auto-approve');
      expect((await terraform.addresses(stack)).sort()).toEqual(declared(stack).sort());
    }
  });

  test('a second terraform plan is empty', async () => {
    for (const stack of stacks) expect(await terraform.plan(stack)).toMatchObject({ code: 0 });
  });

  test('Terraform creates the same objects as the manifests', async () => {
    for (const { objects } of await writeManifests(out, stacks)) {
      if (objects.length > 0) expect(await live(cluster.kubectl, objects)).toEqual(await asCreated(cluster.kubectl, objects));
    }
  });

  test('terraform plan keeps the size chosen by an autoscaler', async () => {
    const [zone = ''] = onPremSiteOf(plan).tiers.map((tier) => tier.zone);
    const tier = new LiveTier(cluster.kubectl, zone);
    await cluster.kubectl.run(['scale', `deployment/${await tier.deployment()}`, tier.namespace, '--replicas=3']);
    expect(await terraform.plan(stacks.at(-1) ?? '')).toMatchObject({ code: 0 });
  });

  test('terraform apply restores a NetworkPolicy that was deleted manually', async () => {
    const [stack = ''] = stacks;
    const [policy] = await cluster.kubectl.list('networkpolicy', '--all-namespaces');
    const { name = '', namespace = '' } = policy?.metadata ?? {};
    await cluster.kubectl.run(['delete', 'networkpolicy', name, `--namespace=${namespace}`]);
    expect(await terraform.plan(stack)).toMatchObject({ code: 2 });
    await terraform.run(stack, 'apply', '-auto-approve');
    await expect(cluster.kubectl.get('networkpolicy', name, `--namespace=${namespace}`)).resolves.toMatchObject({ metadata: { name } });
  });

  test('terraform apply changes an endpoint in place, and the next plan is empty', async () => {
    const variant = writeVariant(join(scratch.folder, 'estate.yaml'), [
      { path: ['zones', 'settlement', 'endpoints', 'confirmations', 'port'], value: 9445 },
    ]);
    await synthesize(variant, out);
    for (const stack of stacks) await terraform.run(stack, 'apply', '-auto-approve');
    for (const stack of stacks) expect(await terraform.plan(stack)).toMatchObject({ code: 0 });
    const ports = await cluster.kubectl.run([
      'get',
      'service',
      '--namespace=settlement',
      '--output=jsonpath={.items[*].spec.ports[*].port}',
    ]);
    expect(ports).toContain('9445');
  });

  test('terraform destroy is refused while resources are protected, and deletes everything afterwards', async () => {
    const [core = ''] = stacks;
    for (const stack of stacks.slice(1).reverse()) await terraform.run(stack, 'destroy', '-auto-approve');
    await expect(terraform.run(core, 'destroy', '-auto-approve')).rejects.toThrow('prevent_destroy');
    unprotect(core);
    await terraform.run(core, 'destroy', '-auto-approve');
    for (const stack of stacks) expect(await terraform.addresses(stack)).toEqual([]);
  });
});
