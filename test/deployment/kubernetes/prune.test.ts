import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyStack } from '../../../lib/deployment/kubernetes/apply';
import { Connection } from '../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../lib/deployment/kubernetes/client/objects';
import { type StandIn, standIn } from '../../support/stand-in-api';

let api: StandIn;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api.stop();
});

const kinds = [
  { kind: 'Namespace', name: 'namespaces', namespaced: false },
  ...[
    ['ConfigMap', 'configmaps'],
    ['Secret', 'secrets'],
  ].map(([kind, name]) => ({ kind, name, namespaced: true, verbs: ['list', 'delete'] })),
];
const inventory = '/api/v1/namespaces/kube-system/configmaps/diptych-inventory-own-core';
const orders = '/api/v1/namespaces/orders';
const entries = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'walls', namespace: 'orders' } },
];
const metadata = {
  labels: { 'app.kubernetes.io/managed-by': 'diptych' },
  managedFields: [{ manager: 'diptych', operation: 'Apply' }],
};

/** Deleted objects and remaining inventory entries after a zone was removed from the artifacts. */
async function withoutZone(secrets: readonly object[] | 'forbidden') {
  const deleted: string[] = [];
  let kept: unknown;
  api = await standIn((method, path, { body }) => {
    const [name = ''] = path.split('?');
    if (name === '/apis') return [200, { groups: [] }];
    if (name === '/api/v1') return [200, { resources: kinds }];
    if (method === 'DELETE') deleted.push(name);
    if (name === inventory && method === 'PATCH') kept = JSON.parse((body as { data: { objects: string } }).data.objects);
    if (name === inventory) return [200, { metadata: {}, data: { objects: JSON.stringify(entries) } }];
    if (name === `${orders}/secrets`) return secrets === 'forbidden' ? [403, { reason: 'Forbidden' }] : [200, { items: secrets }];
    if (name === `${orders}/configmaps`) return [200, { items: [{ metadata: { ...metadata, name: 'walls', namespace: 'orders' } }] }];
    return [orders, `${orders}/configmaps/walls`].includes(name) ? [200, { metadata }] : undefined;
  });
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
  const said: string[] = [];
  const objects = new Objects(Connection.open('own'));
  const { signal } = new AbortController();
  await applyStack({ objects, stack: 'own-core', estate: 'acme', wanted: [], signal, say: (line) => said.push(line) });
  return { deleted, kept, said: said.join('\n') };
}

describe('removing a zone from the artifacts', () => {
  it('the namespace is deleted when it contains no other objects', async () => {
    const { deleted, kept } = await withoutZone([]);
    expect(deleted).toEqual([`${orders}/configmaps/walls`, orders]);
    expect(kept).toEqual([]);
  });

  it('the namespace and its policies are kept and the objects are logged when it contains other objects', async () => {
    const { deleted, kept, said } = await withoutZone([{ metadata: { name: 'api-tls', namespace: 'orders' } }]);
    expect(deleted).toEqual([]);
    expect(kept).toMatchObject(entries);
    expect(said).toContain('Secret orders/api-tls would be deleted with its namespace');
  });

  it('the namespace is deleted when the other objects are already being deleted', async () => {
    const going = { name: 'api-tls', namespace: 'orders', deletionTimestamp: '2026-11-21T08:00:00Z' };
    const { deleted } = await withoutZone([{ metadata: going }]);
    expect(deleted).toEqual([`${orders}/configmaps/walls`, orders]);
  });

  it('the namespace is kept when its objects may not be listed', async () => {
    const { deleted, said } = await withoutZone('forbidden');
    expect(deleted).toEqual([]);
    expect(said).toContain('could not list every Secret in orders: 403 Forbidden');
  });
});
