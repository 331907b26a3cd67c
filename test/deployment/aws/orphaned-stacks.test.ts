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

/** What a plan of Terraform does to the namespace of a zone. */
const planned = (...actions: string[]) => ({
  address: 'kubernetes_namespace_v1.orders',
  type: 'kubernetes_namespace_v1',
  change: { actions, before: { metadata: [{ name: 'orders' }] } },
});

/** Spares the namespace, or does not, whatever else is in it. */
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

describe('a namespace that Terraform would take away', () => {
  it('goes where there is only what Terraform made for us', async () => {
    await expect(spare(['delete'], [])).resolves.toBeUndefined();
  });

  it.each([
    ['a Secret that somebody made', [written('api-tls', 'kubectl-create')]],
    ["a Secret with our label, copied from one of ours by somebody's hand", [written('copy', 'kubectl-create', labels)]],
    ["a Secret that the firm's own Terraform made", [written('other', 'HashiCorp')]],
    ['Secrets that nobody may list', 'forbidden' as const],
  ])('stays while there is %s', async (_what, secrets) => {
    const fix = expect.stringContaining('terraform state rm kubernetes_namespace_v1.orders');
    await expect(spare(['delete'], secrets)).rejects.toMatchObject({ problem: { code: 'DEP014', fix } });
  });

  it('stays as well where it would only be made anew', async () => {
    await expect(spare(['delete', 'create'], [written('api-tls', 'kubectl-create')])).rejects.toThrow('DEP014');
  });

  it('is not asked about where it stays', async () => {
    await spare(['update'], 'forbidden');
    expect(api.asked).toEqual([]);
  });
});
