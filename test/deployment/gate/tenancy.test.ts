import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OnPremSite } from '../../../lib/artifacts/site';
import { stackDescription } from '../../../lib/artifacts/stack-kinds';
import { Refusal } from '../../../lib/core/refusal';
import { checkTenancy } from '../../../lib/deployment/gate/tenancy';
import type { OnPremTool } from '../../../lib/deployment/model/step';
import { deploy } from '../../../lib/deployment/run/deployment';
import { planDeployment } from '../../../lib/deployment/run/preview';
import type { Action } from '../../../lib/deployment/run/steps';
import type { KubernetesObject } from '../../../lib/readback/kubernetes/object';
import { deployment } from '../../fixtures/deployment';
import { standInCloud } from '../../support/stand-in-cloud';
import { type StandInCluster, standInCluster } from '../../support/stand-in-cluster';

const site: OnPremSite = { kind: 'on-prem', id: 'own', context: 'own', clusterIdentity: 'firm-own' };
const choice = { sites: [site], lost: [] };
const inventory = '/api/v1/namespaces/kube-system/configmaps/diptych-inventory-own-core';

let folder: string;
let cluster: StandInCluster;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-two-estates-'));
  const labels = { 'diptych/site': site.clusterIdentity };
  cluster = await standInCluster([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', labels } }]);
  vi.stubEnv('KUBECONFIG', cluster.kubeconfig);
  // An empty PATH, so that running a tool fails.
  vi.stubEnv('PATH', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

/** Artifacts of an estate with one stack that contains the namespaces of its zones. */
function synthesize(estate: string, zones: readonly string[]) {
  const [cloud, terraform, diptych] = ['cdk.out', 'cdktf.out', 'diptych.out'].map((name) => join(folder, estate, name)) as [
    string,
    string,
    string,
  ];
  const labels = { 'app.kubernetes.io/managed-by': 'diptych', 'app.kubernetes.io/part-of': estate };
  const namespaces = Object.fromEntries(zones.map((name) => [name, { metadata: { name, labels } }]));
  const files = {
    [join(cloud, 'manifest.json')]: { artifacts: {} },
    [join(terraform, 'manifest.json')]: { stacks: { 'own-core': { dependencies: [], synthesizedStackPath: 'cdk.tf.json' } } },
    [join(terraform, 'cdk.tf.json')]: { resource: { kubernetes_namespace_v1: namespaces } },
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(content));
  }
  return { cloud, terraform, diptych };
}

/** Deploys or destroys an estate with the given zones, and returns the outcome. */
async function carryOut(estate: string, zones: readonly string[], kind: Action['kind'] = 'deploy', onPremBy: OnPremTool = 'apply') {
  const outputs = synthesize(estate, zones);
  const action = { kind, unprotect: true };
  try {
    const artifacts = zones.join();
    const props = deployment({ action, estate, outputs, artifacts, artifactsNow: () => artifacts, choice, onPremBy });
    return (await deploy(props)).outcome;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(readdirSync(outputs.diptych, { recursive: true }).filter((name) => String(name).endsWith('.json'))).toEqual([]);
    return error.problems.map(({ code, message }) => `${code} ${message}`).join();
  }
}

/** Live objects without their managed fields. */
const snapshot = () => new Map(cluster.live);

const meridians = expect.stringMatching(/^DEP015 names of estate other are already used by estate meridian; /);

describe('two estates in one cluster', () => {
  it.each<[Action['kind'], OnPremTool]>([
    ['deploy', 'apply'],
    ['destroy', 'apply'],
    ['deploy', 'terraform'],
    ['destroy', 'terraform'],
  ])('the second estate is refused before any change: %s by %s', async (kind, tool) => {
    expect(await carryOut('meridian', ['orders', 'settlement'])).toBe('done');
    const before = snapshot();
    expect(await carryOut('other', ['orders'], kind, tool)).toEqual(meridians);
    expect(snapshot()).toEqual(before);
  });

  it('apply refuses an estate with other zones when its stacks have the names of another estate', async () => {
    await carryOut('meridian', ['orders', 'settlement']);
    const before = snapshot();
    expect(await carryOut('other', ['risk'])).toEqual(meridians);
    expect(await carryOut('other', [])).toEqual(meridians);
    expect(snapshot()).toEqual(before);
  });

  it.each<OnPremTool>(['apply', 'terraform'])('a preview by %s reports every object of the other estate as refused', async (onPremBy) => {
    await carryOut('meridian', ['orders', 'settlement']);
    const outputs = synthesize('other', ['orders', 'risk']);
    const [plan] = await planDeployment({ estate: 'other', outputs, choice, onPremBy, signal: new AbortController().signal });
    expect(plan?.changes).toContainEqual({ action: 'refused', what: 'Namespace orders', why: 'it belongs to estate meridian' });
    expect(plan?.changes.filter(({ action }) => action !== 'refused')).toEqual([]);
  });
});

describe('an inventory of an earlier version without an estate label', () => {
  /** Replaces the labels of a live object. */
  function relabel(path: string, labels: KubernetesObject['metadata']['labels']): void {
    const object = cluster.live.get(path) as KubernetesObject;
    (cluster.live as Map<string, KubernetesObject>).set(path, { ...object, metadata: { ...object.metadata, labels } });
  }

  it('an unlabeled inventory counts as ours and gets the label on the next deployment', async () => {
    await carryOut('meridian', ['orders', 'settlement']);
    relabel(inventory, { 'app.kubernetes.io/managed-by': 'diptych' });
    expect(await carryOut('meridian', ['orders', 'settlement'])).toBe('done');
    expect(cluster.live.get(inventory)?.metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'meridian' });
  });

  it('a namespace that another estate has taken over is not deleted', async () => {
    const settlement = '/api/v1/namespaces/settlement';
    await carryOut('meridian', ['orders', 'settlement']);
    relabel(settlement, { 'app.kubernetes.io/managed-by': 'diptych', 'app.kubernetes.io/part-of': 'other' });
    expect(await carryOut('meridian', ['orders'])).toBe('done');
    expect([...cluster.live.keys()]).toContain(settlement);
  });
});

describe('stacks in AWS', () => {
  const cloudSite = { kind: 'cloud', id: 'dublin', account: '111122223333', region: 'eu-west-1' } as const;
  const stack = { name: 'dublin-network', site: 'dublin', half: 'cloud', after: [], file: 'network.template.json' } as const;

  /** Checks an estate while a stack with the given description is live. */
  async function refused(description: string): Promise<unknown> {
    const live = `<Stacks><member><StackName>dublin-network</StackName><Description>${description}</Description></member></Stacks>`;
    const cloud = await standInCloud(() => live);
    try {
      const open = [{ site: cloudSite, clients: cloud.clients }];
      return await checkTenancy({ estate: 'meridian', onPremBy: 'apply' }, [stack], open).catch((error: unknown) => error);
    } finally {
      await cloud.stop();
    }
  }

  it('a stack of another estate is refused with DEP015', async () => {
    expect(await refused(stackDescription({ estate: 'other', site: 'dublin' }, 'network'))).toMatchObject({
      kind: 'refused',
      problems: [
        {
          code: 'DEP015',
          message: expect.stringContaining('already used by estate other'),
          fix: expect.stringContaining('stack dublin-network'),
        },
      ],
    });
  });

  it('a stack of this estate, or without an owner in its description, is accepted', async () => {
    expect(await refused(stackDescription({ estate: 'meridian', site: 'dublin' }, 'network'))).toBeUndefined();
    expect(await refused('A stack')).toBeUndefined();
  });
});
