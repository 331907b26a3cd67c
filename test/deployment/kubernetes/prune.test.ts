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

/** What is deleted, and what the inventory keeps, when a zone has left the artifacts. */
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

describe('a zone that leaves the description', () => {
  it('takes its namespace along where nobody else keeps anything there', async () => {
    const { deleted, kept } = await withoutZone([]);
    expect(deleted).toEqual([`${orders}/configmaps/walls`, orders]);
    expect(kept).toEqual([]);
  });

  it('leaves its namespace as it is, walls included, where somebody does, and says who', async () => {
    const { deleted, kept, said } = await withoutZone([{ metadata: { name: 'api-tls', namespace: 'orders' } }]);
    expect(deleted).toEqual([]);
    expect(kept).toMatchObject(entries);
    expect(said).toContain('Secret orders/api-tls would be deleted with its namespace');
  });

  it('takes it along where what somebody kept there is going already', async () => {
    const going = { name: 'api-tls', namespace: 'orders', deletionTimestamp: '2026-11-21T08:00:00Z' };
    const { deleted } = await withoutZone([{ metadata: going }]);
    expect(deleted).toEqual([`${orders}/configmaps/walls`, orders]);
  });

  it('leaves it where nobody may look', async () => {
    const { deleted, said } = await withoutZone('forbidden');
    expect(deleted).toEqual([]);
    expect(said).toContain('could not list every Secret in orders: 403 Forbidden');
  });
});
