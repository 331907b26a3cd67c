import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../../lib/deployment/kubernetes/client/objects';
import { waitForRollouts } from '../../../../lib/deployment/kubernetes/rollout/rollouts';
import { terraformApplyStep } from '../../../../lib/deployment/terraform/apply-step';
import { stackObjects } from '../../../../lib/readback/terraform/stack-objects';
import { synthesizedTexts } from '../../../fixtures/terraform';
import { plannedTwoSites } from '../../../fixtures/two-sites';
import { folderOfTest } from '../../../support/diptych';
import { type Answer, type StandIn, standIn } from '../../../support/stand-in-api';

const { signal } = new AbortController();

let api: StandIn;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api.stop();
});

/** Wanted and available replicas of a Deployment, one pair for each time that it is read. */
type Replicas = readonly (readonly [number, number])[];

const deploymentPath = /^\/apis\/apps\/v1\/namespaces\/([a-z-]+)\/deployments\/tls-tier$/;

/** A cluster in which the Deployments of all zones go through the same steps, and stay at the last. */
async function cluster(steps: Replicas): Promise<Objects> {
  const reads = new Map<string, number>();
  api = await standIn((_method, path): Answer | undefined => {
    if (path === '/apis/apps/v1') return [200, { resources: [{ kind: 'Deployment', name: 'deployments', namespaced: true }] }];
    const [, namespace] = deploymentPath.exec(path) ?? [];
    if (namespace === undefined) return undefined;
    const count = reads.get(namespace) ?? 0;
    reads.set(namespace, count + 1);
    const [replicas = 0, availableReplicas = 0] = steps[Math.min(count, steps.length - 1)] ?? [];
    const status = { observedGeneration: 1, replicas, updatedReplicas: replicas, availableReplicas };
    const metadata = { name: 'tls-tier', namespace, generation: 1 };
    return [200, { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas, progressDeadlineSeconds: 60 }, status }];
  });
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
  return new Objects(Connection.open('own'));
}

const readsOf = (zone: string) => api.asked.filter((asked) => asked.includes(`/namespaces/${zone}/deployments/`)).length;

describe('the rollout of the tiers of a site', () => {
  const plan = plannedTwoSites();
  const site = plan.sites.find(({ id }) => id === 'frankfurt');
  const instances = Math.max(...(site?.tiers ?? []).map((tier) => tier.instances));
  /** An autoscaled Deployment starts with one instance, which is available before its autoscaler adds the others. */
  const growing: Replicas = [
    [1, 0],
    [1, 1],
    [instances, 1],
    [instances, instances],
  ];

  function tiers() {
    const file = join(folderOfTest(), 'cdk.tf.json');
    writeFileSync(file, synthesizedTexts(plan)['frankfurt-tiers'] ?? '');
    return { name: 'frankfurt-tiers', site: 'frankfurt', half: 'on-prem', after: [], file } as const;
  }

  const objectsOf = () => stackObjects(tiers()).map(({ object }) => object);

  it('waitForRollouts waits for the number of instances in the plan', async () => {
    expect(instances).toBeGreaterThan(1);
    await waitForRollouts(await cluster(growing), objectsOf(), signal, () => {});
    expect([readsOf('orders'), readsOf('risk')]).toEqual([4, 4]);
  });

  it.each([
    ['changes something', 2],
    ['changes nothing', 0],
  ])('a Terraform step that %s waits for the number of instances in the plan', async (_what, code) => {
    const folder = folderOfTest();
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    writeFileSync(join(folder, 'terraform'), `#!/bin/sh\ncase "$1" in show) echo '{}' ;; plan) exit ${code} ;; esac\n`);
    chmodSync(join(folder, 'terraform'), 0o755);
    const context = { log: join(folder, 'tiers.log'), say: () => {}, signal, unfinished: [] };
    const step = terraformApplyStep(tiers(), await cluster(growing));
    expect(await step.run(context)).toMatchObject({ changed: code === 2 });
    expect(readsOf('orders')).toBe(4);
  });

  it('waitForRollouts fails with DEP011 if the autoscaler does not add the other instances', async () => {
    const objects = await cluster([[1, 1]]);
    let minutes = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => 60_000 * minutes++);
    await expect(waitForRollouts(objects, objectsOf(), signal, () => {})).rejects.toThrow(
      new RegExp(`the autoscaler has not raised the number of instances from 1 to ${instances}.*DEP011`),
    );
  });

  it('waitForRollouts waits for one instance of a Deployment without an autoscaler', async () => {
    const deployments = objectsOf().filter(({ kind }) => kind === 'Deployment');
    await waitForRollouts(await cluster([[1, 1]]), deployments, signal, () => {});
    expect(readsOf('orders')).toBe(1);
  });
});
