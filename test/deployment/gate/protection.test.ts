import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OnPremSite } from '../../../lib/artifacts/site';
import { protectionsOf } from '../../../lib/deployment/gate/protection';
import { Connection } from '../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../lib/deployment/kubernetes/client/objects';
import type { KubernetesMetadata, KubernetesObject } from '../../../lib/readback/kubernetes/object';
import { type Answer, type StandIn, standIn } from '../../support/stand-in-api';

const site: OnPremSite = { kind: 'on-prem', id: 'own', context: 'own', clusterIdentity: 'firm-own' };

type Served = readonly [kind: string, plural: string, namespaced?: boolean, verbs?: readonly string[]];

/** API resources of the cluster by version; the first version of a group is preferred. */
const served: Readonly<Record<string, readonly Served[]>> = {
  v1: [
    ['Namespace', 'namespaces', false],
    ['Pod', 'pods'],
    ['Pod', 'pods/status'],
    ['Secret', 'secrets'],
    ['ConfigMap', 'configmaps'],
    ['ServiceAccount', 'serviceaccounts'],
    ['Service', 'services'],
    ['Endpoints', 'endpoints'],
    ['Event', 'events'],
    ['Binding', 'bindings', true, ['create']],
  ],
  'apps/v1': [
    ['Deployment', 'deployments'],
    ['ReplicaSet', 'replicasets'],
  ],
  'coordination.k8s.io/v1': [['Lease', 'leases']],
  'example.com/v2': [['Ledger', 'ledgers']],
  'example.com/v1': [
    ['Ledger', 'ledgers'],
    ['Journal', 'journals'],
  ],
  'metrics.k8s.io/v1beta1': [['PodMetrics', 'pods', true, ['get', 'list']]],
};

let folder: string;
let api: StandIn;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-protections-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await api.stop();
});

function object(apiVersion: string, kind: string, name: string, maker?: KubernetesObject): KubernetesObject {
  const ownerReferences = maker && [{ kind: maker.kind, name: maker.metadata.name, uid: maker.metadata.uid }];
  const metadata = { name, namespace: 'orders', uid: `${kind}/${name}`, ...(ownerReferences && { ownerReferences }) };
  return { apiVersion, kind, metadata: metadata as KubernetesMetadata };
}

const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders' } };
const settings = object('v1', 'ConfigMap', 'settings');

/** Objects in the namespace that belong to Diptych or to Kubernetes. */
const own = [
  namespace,
  settings,
  object('v1', 'ServiceAccount', 'default'),
  object('v1', 'ConfigMap', 'kube-root-ca.crt'),
  object('v1', 'Event', 'settings.1'),
  object('coordination.k8s.io/v1', 'Lease', 'leader'),
  object('metrics.k8s.io/v1beta1', 'PodMetrics', 'backend-1-a'),
];

/** `what: why` of everything that blocks the deletion in a cluster with these objects; some paths answer differently. */
async function held(live: readonly KubernetesObject[], otherwise: Readonly<Record<string, Answer>> = {}): Promise<string[]> {
  api = await standIn((_method, path) => otherwise[path] ?? answer(live, path));
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
  const file = join(folder, 'cdk.tf.json');
  const metadata = { name: 'orders' };
  const emitted = {
    kubernetes_namespace_v1: { orders: { metadata } },
    kubernetes_config_map_v1: { settings: { metadata: { name: 'settings', namespace: 'orders' }, data: {} } },
  };
  writeFileSync(file, JSON.stringify({ resource: emitted }));
  const stack = { name: 'own-core', site: 'own', half: 'on-prem', after: [], file } as const;
  const found = await protectionsOf([stack], [{ site, objects: new Objects(Connection.open('own')) }]);
  return found.filter(({ blocks }) => blocks).map(({ what, why }) => `${what}: ${why}`);
}

function answer(live: readonly KubernetesObject[], path: string): Answer | undefined {
  if (path === '/apis') return [200, { groups: groups() }];
  const [, version = '', rest] = /^\/apis?\/(.*?v\d\w*)(?:\/(.+))?$/.exec(path) ?? [];
  const kinds = served[version];
  if (!kinds) return undefined;
  if (rest === undefined) return [200, { resources: kinds.map(resource) }];
  if (rest === 'namespaces/orders') return live.includes(namespace) ? [200, namespace] : undefined;
  const [, plural] = /^namespaces\/orders\/(\w+)$/.exec(rest) ?? [];
  const kind = kinds.find(([, name]) => name === plural)?.[0];
  if (kind === undefined) return undefined;
  const group = version.split('/')[0];
  return [200, { items: live.filter((one) => one.kind === kind && one.apiVersion.split('/')[0] === group).map(asListed) }];
}

function resource([kind, name, namespaced = true, verbs = ['delete', 'get', 'list']]: Served): object {
  return { kind, name, namespaced, verbs };
}

/** Items of a list have no kind. */
function asListed({ metadata }: KubernetesObject): object {
  return { metadata };
}

function groups(): object[] {
  const names = new Set(Object.keys(served).flatMap((version) => (version.includes('/') ? [version.split('/')[0]] : [])));
  return [...names].map((name) => {
    const versions = Object.keys(served).flatMap((groupVersion) => (groupVersion.startsWith(`${name}/`) ? [{ groupVersion }] : []));
    return { name, versions, preferredVersion: versions[0] };
  });
}

const goes = 'would be deleted with its namespace; Diptych did not create it';

describe('deletion protection of a namespace', () => {
  it('a namespace that only contains objects of Diptych and Kubernetes does not block its deletion', async () => {
    const tier = object('apps/v1', 'Deployment', 'tls-tier');
    const replicas = object('apps/v1', 'ReplicaSet', 'tls-tier-1', tier);
    const applied = JSON.stringify([{ ...tier, metadata: { name: 'tls-tier', namespace: 'orders' } }]);
    const otherwise: Record<string, Answer> = {
      '/api/v1/namespaces/kube-system/configmaps/diptych-inventory-own-core': [200, { data: { objects: applied } }],
    };
    expect(await held([...own, tier, replicas, object('v1', 'Pod', 'tls-tier-1-a', replicas)], otherwise)).toEqual([]);
  });

  it('objects that Diptych did not create block the deletion, and their dependents are left out', async () => {
    const backend = object('apps/v1', 'Deployment', 'backend');
    const replicas = object('apps/v1', 'ReplicaSet', 'backend-1', backend);
    const others = [
      object('v1', 'Secret', 'api-tls'),
      backend,
      replicas,
      object('v1', 'Pod', 'backend-1-a', replicas),
      object('v1', 'Service', 'backend'),
      object('v1', 'Endpoints', 'backend'),
      object('v1', 'Endpoints', 'by-hand'),
      object('v1', 'Pod', 'orphan', object('apps/v1', 'ReplicaSet', 'elsewhere')),
      object('example.com/v2', 'Ledger', 'trades'),
      object('example.com/v1', 'Journal', 'trades'),
    ];
    expect(await held([...own, ...others])).toEqual(
      [
        'Deployment orders/backend',
        'Endpoints orders/by-hand',
        'Journal orders/trades',
        'Ledger orders/trades',
        'Pod orders/orphan',
        'Secret orders/api-tls',
        'Service orders/backend',
      ].map((what) => `own: ${what}: ${goes}`),
    );
  });

  it('an object that is being deleted, such as a draining pod without its ReplicaSet, does not block the deletion', async () => {
    const { metadata, ...pod } = object('v1', 'Pod', 'tls-tier-1-a', object('apps/v1', 'ReplicaSet', 'tls-tier-1'));
    const draining = { ...pod, metadata: { ...metadata, deletionTimestamp: '2026-11-21T08:00:00Z', deletionGracePeriodSeconds: 625 } };
    expect(await held([...own, draining])).toEqual([]);
  });

  it('an object created between two list requests does not block the deletion when its owner is ours', async () => {
    const tier = object('apps/v1', 'Deployment', 'tls-tier');
    const replicas = object('apps/v1', 'ReplicaSet', 'tls-tier-2', tier);
    const path = '/apis/apps/v1/namespaces/orders/replicasets/tls-tier-2';
    const controlled = (name: string) => {
      const { metadata, ...pod } = object('v1', 'Pod', name);
      const { kind, metadata: maker } = replicas;
      const owner = { apiVersion: 'apps/v1', kind, name: maker.name, uid: maker.uid, controller: true };
      return { ...pod, metadata: { ...metadata, ownerReferences: [owner] } };
    };
    const applied = JSON.stringify([{ ...tier, metadata: { name: 'tls-tier', namespace: 'orders' } }]);
    const inventory: Record<string, Answer> = {
      '/api/v1/namespaces/kube-system/configmaps/diptych-inventory-own-core': [200, { data: { objects: applied } }],
    };
    const live = [...own, tier, controlled('tls-tier-2-a')];
    expect(await held(live, { ...inventory, [path]: [200, replicas] })).toEqual([]);
    await api.stop();
    const another = { ...replicas, metadata: { ...replicas.metadata, uid: 'of the same name, made since' } };
    expect(await held(live, { ...inventory, [path]: [200, another] })).toEqual([`own: Pod orders/tls-tier-2-a: ${goes}`]);
  });

  it('kinds that cannot be listed block the deletion', async () => {
    const forbidden: Answer = [403, { reason: 'Forbidden', message: 'no' }];
    const otherwise: Record<string, Answer> = {
      '/api/v1/namespaces/orders/secrets': forbidden,
      '/api/v1/namespaces/orders/pods': [405, { reason: 'MethodNotAllowed', message: 'no' }],
      '/apis/apps/v1/namespaces/orders/deployments': [404, { reason: 'NotFound', message: 'gone' }],
      '/apis/metrics.k8s.io/v1beta1': [500, { reason: 'InternalError', message: 'no' }],
    };
    const unknown = 'would be deleted with its namespace; could not be listed';
    expect(await held(own, otherwise)).toEqual([
      `own: every Pod in orders: ${unknown}: 405 MethodNotAllowed`,
      `own: every Secret in orders: ${unknown}: 403 Forbidden`,
      `own: every kind of metrics.k8s.io/v1beta1: ${unknown}: 500 InternalError`,
    ]);
  });

  it('a namespace that does not exist is not listed', async () => {
    expect(await held([object('v1', 'Secret', 'api-tls')])).toEqual([]);
    expect(api.asked).not.toContain('GET /apis');
  });
});
