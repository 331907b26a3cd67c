import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../../lib/deployment/kubernetes/client/objects';
import { waitForDefinitions } from '../../../../lib/deployment/kubernetes/rollout/definitions';
import { waitForRollout } from '../../../../lib/deployment/kubernetes/rollout/rollout';
import { waitUntilDeleted } from '../../../../lib/deployment/kubernetes/rollout/wait-deleted';
import { type Answer, type StandIn, standIn } from '../../../support/stand-in-api';

const { signal } = new AbortController();

let api: StandIn;

/** Minutes by which every reading advances the clock, after the first. */
let step: number;

beforeEach(() => {
  let minutes = -1;
  step = 1;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    minutes += minutes < 0 ? 1 : step;
    return 60_000 * minutes;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await api.stop();
});

const kinds = [
  ['/apis/apps/v1', 'Deployment', 'deployments', true],
  ['/api/v1', 'Pod', 'pods', true],
  ['/api/v1', 'Namespace', 'namespaces', false],
  ['/apis/apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', false],
] as const;

/** A cluster that answers by the last segment of the path, repeating the last answer. */
async function cluster(answers: Readonly<Record<string, readonly object[]>>): Promise<Objects> {
  const asked = new Map<string, number>();
  api = await standIn((_method, path): Answer | undefined => {
    const resources = kinds.filter(([group]) => group === path).map(([, kind, name, namespaced]) => ({ kind, name, namespaced }));
    if (resources.length > 0) return [200, { resources }];
    const name = path.split('/').at(-1) ?? '';
    const count = asked.get(name) ?? 0;
    asked.set(name, count + 1);
    const given = answers[name]?.[Math.min(count, (answers[name]?.length ?? 0) - 1)];
    return given && [200, given];
  });
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
  return new Objects(Connection.open('own'));
}

describe('waitForRollout without a condition of the cluster', () => {
  const seconds = (progressDeadlineSeconds: number) => ({ replicas: 3, progressDeadlineSeconds });
  const tier = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'tls-tier', namespace: 'risk' }, spec: seconds(60) };
  const looksLike = (status: object, spec = tier.spec) => ({
    ...tier,
    metadata: { ...tier.metadata, generation: 1 },
    spec,
    status: { observedGeneration: 1, replicas: 3, updatedReplicas: 3, ...status },
  });
  const condition = (status: string, reason: string, message: string) => [{ type: 'Progressing', status, reason, message }];
  const roll = (objects: Objects) => waitForRollout(objects, tier, 1, signal, () => {});

  it('waitForRollout fails with the scheduling message when a completed Deployment loses a pod', async () => {
    const unplaced = [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }];
    const completed = condition('True', 'NewReplicaSetAvailable', 'has successfully progressed');
    const objects = await cluster({
      'tls-tier': [looksLike({ availableReplicas: 2, conditions: completed })],
      pods: [{ items: [{ metadata: { name: 'tls-tier-1' }, status: { conditions: unplaced } }] }],
    });
    await expect(roll(objects)).rejects.toThrow(/the rollout did not complete: "0\/3 nodes are available"; .* \[DEP011\]/);
  });

  it('waitForRollout fails when the Deployment is paused', async () => {
    const paused = condition('Unknown', 'DeploymentPaused', 'Deployment is paused');
    const objects = await cluster({ 'tls-tier': [looksLike({ updatedReplicas: 0, availableReplicas: 3, conditions: paused })] });
    await expect(roll(objects)).rejects.toThrow(/Deployment is paused.*DEP011/);
  });

  it('waitForRollout fails when the Deployment has been deleted', async () => {
    await expect(roll(await cluster({}))).rejects.toThrow('DEP011');
  });

  it('waitForRollout restarts the deadline whenever a pod makes progress', async () => {
    const steps = [0, 1, 2, 3].map((availableReplicas) => looksLike({ availableReplicas }, seconds(61)));
    await roll(await cluster({ 'tls-tier': steps }));
    const back = [0, 1, 0, 1, 0, 1, 3].map((availableReplicas) => looksLike({ availableReplicas }, seconds(61)));
    await api.stop();
    await expect(roll(await cluster({ 'tls-tier': back }))).rejects.toThrow('DEP011');
  });
});

describe('waitUntilDeleted', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'risk' } };
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'tls-tier', namespace: 'risk' } };

  it('waitUntilDeleted fails with DEP024 and the remaining objects after its timeout', async () => {
    const message = 'Some resources are remaining: gateways.example has 1 resource instances';
    const conditions = [{ type: 'NamespaceContentRemaining', status: 'True', message }];
    const objects = await cluster({ risk: [{ ...namespace, status: { conditions } }] });
    await expect(waitUntilDeleted(objects, namespace, signal)).rejects.toThrow(/Some resources are remaining.*within 300 s.*DEP024/);
  });

  const pods = [{ items: [60, 3600, undefined].map((seconds) => ({ metadata: {}, spec: { terminationGracePeriodSeconds: seconds } })) }];

  it.each([
    ['longer by the longest grace period of its pods', namespace, { pods }, 3900],
    ['no longer when it has no pods', namespace, { pods: [{ items: [] }] }, 300],
    ['no longer when its pods may not be listed', namespace, {}, 300],
    ['no longer when the object is not a namespace', { ...deployment }, { pods }, 300],
  ])('waitUntilDeleted waits %s', async (_what, object, others, expected) => {
    const { name } = object.metadata;
    // The clock says the very end of the time after the first look, and a later time after the second.
    step = expected / 60;
    const objects = await cluster({ [name]: [object], ...others });
    await expect(waitUntilDeleted(objects, object, signal)).rejects.toThrow(`within ${expected} s`);
    expect(api.asked.filter((asked) => asked.endsWith(`/${name}`))).toHaveLength(2);
  });
});

describe('waitForDefinitions', () => {
  it('waitForDefinitions fails with DEP023 and the reason when a definition is not established', async () => {
    const metadata = { name: 'gateways.example' };
    const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata };
    const conditions = [{ type: 'NamesAccepted', status: 'False', message: '"gateways" is already in use' }];
    const objects = await cluster({ [metadata.name]: [{ ...definition, status: { conditions } }] });
    await expect(waitForDefinitions(objects, [definition], signal)).rejects.toThrow(/already in use.*DEP023/);
  });
});
