import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../lib/deployment/kubernetes/client/objects';
import { refuseNamespacesInUse } from '../../../lib/deployment/terraform/namespace-removals';
import { type StandIn, standIn } from '../../support/stand-in-api';

let api: StandIn;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api.stop();
});

const kinds = ['ConfigMap', 'Secret'].map((kind) => ({
  kind,
  name: `${kind.toLowerCase()}s`,
  namespaced: true,
  verbs: ['list', 'delete'],
}));
const labels = { 'app.kubernetes.io/managed-by': 'diptych' };

/** A planned change of a zone's namespace. */
const planned = (...actions: string[]) => ({
  address: 'kubernetes_namespace_v1.orders',
  type: 'kubernetes_namespace_v1',
  change: { actions, before: { metadata: [{ name: 'orders' }] } },
});

/** Checks the planned change against a namespace with the given objects. */
async function spare(actions: readonly string[], secrets: readonly object[] | 'forbidden') {
  api = await standIn((_method, path) => {
    if (path === '/apis') return [200, { groups: [] }];
    if (path === '/api/v1') return [200, { resources: kinds }];
    if (path.endsWith('/configmaps')) return [200, { items: [written('configuration', 'HashiCorp', labels)] }];
    return secrets === 'forbidden' ? [403, { reason: 'Forbidden' }] : [200, { items: secrets }];
  });
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
  await refuseNamespacesInUse('own-core', [planned(...actions)], new Objects(Connection.open('own')), () => {});
}

function written(name: string, manager: string, own?: object) {
  return { metadata: { name, namespace: 'orders', labels: own, managedFields: [{ manager, operation: 'Update' }] } };
}

describe('refuseNamespacesInUse', () => {
  it('Terraform may delete a namespace that only contains objects that Terraform created', async () => {
    await expect(spare(['delete'], [])).resolves.toBeUndefined();
  });

  it.each([
    ['a Secret created by kubectl', [written('api-tls', 'kubectl-create')]],
    ['a manual copy of a Secret with our label', [written('copy', 'kubectl-create', labels)]],
    ['a Secret created by another Terraform configuration', [written('other', 'HashiCorp')]],
    ['Secrets that may not be listed', 'forbidden' as const],
  ])('Terraform may not delete a namespace that contains %s', async (_what, secrets) => {
    const fix = expect.stringContaining('terraform state rm kubernetes_namespace_v1.orders');
    await expect(spare(['delete'], secrets)).rejects.toMatchObject({ problem: { code: 'DEP014', fix } });
  });

  it('Terraform may not replace a namespace that is in use', async () => {
    await expect(spare(['delete', 'create'], [written('api-tls', 'kubectl-create')])).rejects.toThrow('DEP014');
  });

  it('the cluster is not queried when the plan keeps the namespace', async () => {
    await spare(['update'], 'forbidden');
    expect(api.asked).toEqual([]);
  });
});
