import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../../lib/deployment/kubernetes/client/objects';
import { waitForRollout } from '../../../../lib/deployment/kubernetes/rollout/rollout';
import { type Answer, type StandIn, standIn } from '../../../support/stand-in-api';

const { signal } = new AbortController();
const said: string[] = [];

let api: StandIn | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api?.stop();
  api = undefined;
});

describe('waitForRollout', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'tls-tier', namespace: 'risk' } };
  const complete = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
  const stalled = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'it has timed out' }];

  async function cluster(statuses: readonly object[], refusals = 0): Promise<Objects> {
    let [answers, refused] = [0, 0];
    api = await standIn((_method, path): Answer | undefined => {
      if (path === '/apis/apps/v1') return [200, { resources: [{ kind: 'Deployment', name: 'deployments', namespaced: true }] }];
      if (refused++ < refusals) return [429, { reason: 'TooManyRequests', message: 'later' }];
      const status = statuses[Math.min(answers++, statuses.length - 1)];
      return [
        200,
        { ...deployment, metadata: { ...deployment.metadata, generation: 2 }, spec: { replicas: 2, progressDeadlineSeconds: 1 }, status },
      ];
    });
    vi.stubEnv('KUBECONFIG', api.kubeconfig);
    return new Objects(Connection.open('own'));
  }

  it('waitForRollout waits until the last pod is available', async () => {
    const objects = await cluster([{ ...complete, observedGeneration: 1 }, { ...complete, availableReplicas: 1 }, complete]);
    await waitForRollout(objects, deployment, 1, signal, (line) => said.push(line));
    expect(api?.asked.filter((asked) => asked.includes('tls-tier'))).toHaveLength(3);
  });

  it('waitForRollout fails with DEP011 and the message of the cluster when the deadline is exceeded', async () => {
    const objects = await cluster([{ observedGeneration: 2, conditions: stalled }]);
    await expect(waitForRollout(objects, deployment, 1, signal, (line) => said.push(line))).rejects.toThrow(/it has timed out.*DEP011/);
  });

  const before = [{ ...stalled[0], lastUpdateTime: '2026-11-21T10:00:00Z' }];

  it('waitForRollout grants a new deadline when the condition is left over from an earlier run', async () => {
    const waiting = { observedGeneration: 2, conditions: before };
    await waitForRollout(await cluster([waiting, waiting, complete]), deployment, 1, signal, (line) => said.push(line));
  });

  it('waitForRollout fails with DEP011 when a leftover condition is still there after the new deadline', async () => {
    const objects = await cluster([{ observedGeneration: 2, conditions: before }]);
    await expect(waitForRollout(objects, deployment, 1, signal, (line) => said.push(line))).rejects.toThrow('DEP011');
    expect(api?.asked.filter((asked) => asked.includes('tls-tier')).length).toBeGreaterThan(1);
    // The deadline is one second, and waitForRollout gives the controller a few more.
  }, 25_000);

  it('waitForRollout ignores the condition of an earlier generation', async () => {
    const objects = await cluster([{ observedGeneration: 1, conditions: stalled }, complete]);
    await waitForRollout(objects, deployment, 1, signal, (line) => said.push(line));
  });

  it('waitForRollout continues when the API server throttles a request', async () => {
    await waitForRollout(await cluster([complete], 2), deployment, 1, signal, (line) => said.push(line));
  });
});
