import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../lib/deployment/kubernetes/client/objects';
import { deleteStep } from '../../../lib/deployment/kubernetes/delete-step';
import type { OnPremTool } from '../../../lib/deployment/model/step';
import { terraformDestroyStep } from '../../../lib/deployment/terraform/destroy-step';
import type { KubernetesObject } from '../../../lib/readback/kubernetes/object';
import { type StandInCluster, standInCluster } from '../../support/stand-in-cluster';

const labels = { 'app.kubernetes.io/managed-by': 'diptych', 'app.kubernetes.io/part-of': 'acme' };

let folder: string;
let cluster: StandInCluster | undefined;

/** A Terraform command whose state is empty. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-other-tool-'));
  writeFileSync(join(folder, 'terraform'), '#!/bin/sh\necho "Destroy complete! Resources: 0 destroyed."\n');
  chmodSync(join(folder, 'terraform'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await cluster?.stop();
  rmSync(folder, { recursive: true });
});

/** Namespace orders as written by a field manager. */
function orders(manager: string, operation: string, more: object = { labels }): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders', managedFields: [{ manager, operation }], ...more } };
}

/** Destroys a stack with namespace orders while state and inventory are empty. */
async function destroy(by: OnPremTool, live: readonly KubernetesObject[]) {
  cluster = await standInCluster(live);
  vi.stubEnv('KUBECONFIG', cluster.kubeconfig);
  const file = join(folder, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify({ resource: { kubernetes_namespace_v1: { orders: { metadata: { name: 'orders', labels } } } } }));
  const stack = { name: 'own-core', site: 'own', half: 'on-prem', after: [], file } as const;
  const objects = new Objects(Connection.open('own'));
  const step = by === 'apply' ? deleteStep(stack, 'acme', objects, true) : terraformDestroyStep(stack, objects, true);
  return step.run({ log: join(folder, 'log'), say: () => {}, signal: new AbortController().signal, unfinished: [] });
}

describe('destroying a stack that the tool did not deploy', () => {
  it.each<[OnPremTool, OnPremTool, KubernetesObject]>([
    ['apply', 'terraform', orders('HashiCorp', 'Update')],
    ['terraform', 'apply', orders('diptych', 'Apply')],
  ])('destroy by %s fails with DEP018 and the right tool when %s deployed the stack', async (by, other, live) => {
    const fix = expect.stringContaining(`--on-prem-by ${other}.`);
    const message = expect.stringContaining('Namespace orders');
    await expect(destroy(by, [live])).rejects.toMatchObject({ problem: { code: 'DEP018', path: 'own-core', message, fix } });
  });

  it('destroy by apply fails with DEP018 when its inventory is outdated', async () => {
    const objects = JSON.stringify([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders' } }]);
    const metadata = { name: 'diptych-inventory-own-core', namespace: 'kube-system', labels };
    const inventory = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { objects } };
    await expect(destroy('apply', [inventory, orders('HashiCorp', 'Update')])).rejects.toThrow('DEP018');
  });

  it.each<OnPremTool>(['apply', 'terraform'])('destroy by %s fails with DEP018 when another tool deployed the stack', async (by) => {
    const fix = expect.stringContaining('Delete the objects with the tool that created them');
    await expect(destroy(by, [orders('kubectl', 'Apply')])).rejects.toMatchObject({ problem: { code: 'DEP018', fix } });
  });

  it.each<[string, OnPremTool, readonly KubernetesObject[]]>([
    ['no object of the stack exists', 'apply', []],
    ['no object of the stack exists', 'terraform', []],
    ['objects with its names do not belong to Diptych', 'apply', [orders('kubectl', 'Apply', {})]],
    [
      'its objects are already being deleted',
      'terraform',
      [orders('diptych', 'Apply', { labels, deletionTimestamp: '2026-11-21T08:00:00Z' })],
    ],
  ])('destroy succeeds when %s, by %s', async (_what, by, live) => {
    expect(await destroy(by, live)).toMatchObject({ changed: false, summary: 'was not there' });
  });
});
