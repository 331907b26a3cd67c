import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../../../lib/deployment/kubernetes/client/connection';
import { Objects } from '../../../../lib/deployment/kubernetes/client/objects';
import { foreignObjects } from '../../../../lib/deployment/probe/kubernetes/foreign-objects';
import type { KubernetesMetadata, KubernetesObject } from '../../../../lib/readback/kubernetes/object';
import { type Answer, type StandIn, standIn } from '../../../support/stand-in-api';

const tier = { 'diptych/role': 'tier', 'diptych/zone': 'orders' };

const deployment = workload('apps/v1', 'Deployment', 'tls-tier', tier);

/** What was emitted: one tier of one zone. */
const emitted: readonly KubernetesObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders', labels: { 'diptych/zone': 'orders' } } },
  deployment,
  object('v1', 'Service', { name: 'fix-tls', namespace: 'orders' }, { type: 'LoadBalancer', selector: tier }),
];

/** Plural and whether it is namespaced, by version and kind, of what the cluster serves. */
const served: Readonly<Record<string, Readonly<Record<string, readonly [string, boolean]>>>> = {
  v1: { Pod: ['pods', true], Service: ['services', true], ReplicationController: ['replicationcontrollers', true] },
  'apps/v1': {
    Deployment: ['deployments', true],
    ReplicaSet: ['replicasets', true],
    StatefulSet: ['statefulsets', true],
    DaemonSet: ['daemonsets', true],
  },
  'autoscaling/v2': { HorizontalPodAutoscaler: ['horizontalpodautoscalers', true] },
  'batch/v1': { Job: ['jobs', true], CronJob: ['cronjobs', true] },
  'cilium.io/v2': {
    CiliumNetworkPolicy: ['ciliumnetworkpolicies', true],
    CiliumClusterwideNetworkPolicy: ['ciliumclusterwidenetworkpolicies', false],
  },
  'crd.projectcalico.org/v1': { NetworkPolicy: ['networkpolicies', true], GlobalNetworkPolicy: ['globalnetworkpolicies', false] },
  'discovery.k8s.io/v1': { EndpointSlice: ['endpointslices', true] },
  'networking.k8s.io/v1': { NetworkPolicy: ['networkpolicies', true] },
  'policy.networking.k8s.io/v1alpha1': {
    AdminNetworkPolicy: ['adminnetworkpolicies', false],
    BaselineAdminNetworkPolicy: ['baselineadminnetworkpolicies', false],
  },
  'policy/v1': { PodDisruptionBudget: ['poddisruptionbudgets', true] },
  'projectcalico.org/v3': { NetworkPolicy: ['networkpolicies', true], GlobalNetworkPolicy: ['globalnetworkpolicies', false] },
  'rbac.authorization.k8s.io/v1': { RoleBinding: ['rolebindings', true], ClusterRoleBinding: ['clusterrolebindings', false] },
};

let api: StandIn | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await api?.stop();
  api = undefined;
});

function object(apiVersion: string, kind: string, metadata: KubernetesMetadata, spec: object = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { uid: `${kind}/${metadata.name}`, ...metadata }, spec };
}

function workload(apiVersion: string, kind: string, name: string, labels: object, maker?: KubernetesObject): KubernetesObject {
  const ownerReferences = maker && [{ kind: maker.kind, name: maker.metadata.name, uid: maker.metadata.uid, controller: true }];
  const template = { template: { metadata: { labels } } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: template } } : template;
  const own = kind === 'Pod' ? { labels: labels as Record<string, string> } : {};
  return object(apiVersion, kind, { name, namespace: 'orders', ...own, ...(ownerReferences && { ownerReferences }) }, spec);
}

/** `verdict resource` of everything that is found where these objects stand beside what was emitted. */
function found(live: readonly KubernetesObject[], isForbidden: (path: string) => boolean = () => false): Promise<string[]> {
  return foundBy((path) => (isForbidden(path) ? [403, { reason: 'Forbidden', message: 'no' }] : answer([...emitted, ...live], path)));
}

async function foundBy(answering: (path: string) => Answer | undefined): Promise<string[]> {
  api = await standIn((_method, path) => answering(path));
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
  const findings = await foreignObjects('own', emitted, new Objects(Connection.open('own')));
  return findings.map(({ verdict, resource, reason }) => `${verdict} ${resource}${reason === undefined ? '' : `: ${reason}`}`).sort();
}

function answer(live: readonly KubernetesObject[], path: string): Answer | undefined {
  const [, version = '', namespace, plural] = /^\/apis?\/(.*?v\d\w*)(?:\/namespaces\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
  const kinds = Object.entries(served[version] ?? {});
  if (plural === undefined) return [200, { resources: kinds.map(([kind, [name, namespaced]]) => ({ kind, name, namespaced })) }];
  const kind = kinds.find(([, [name]]) => name === plural)?.[0];
  const fits = (one: KubernetesObject) => namespace === undefined || one.metadata.namespace === namespace;
  return [200, { items: live.filter((one) => one.apiVersion === version && one.kind === kind && fits(one)) }];
}

describe('lookalike workloads', () => {
  const replicaSet = workload('apps/v1', 'ReplicaSet', 'tls-tier-1', tier, deployment);
  const rogue = workload('apps/v1', 'Deployment', 'rogue', tier);
  const rogueSet = workload('apps/v1', 'ReplicaSet', 'rogue-1', tier, rogue);

  it("foreignObjects does not report the pods of the tier's own Deployment", async () => {
    expect(await found([replicaSet, workload('v1', 'Pod', 'tls-tier-1-a', tier, replicaSet)])).toEqual([]);
  });

  it('foreignObjects does not report a pod of a rollout that begins while it lists workloads', async () => {
    const rolledOut = [replicaSet, workload('v1', 'Pod', 'tls-tier-1-a', tier, replicaSet)];
    let hasBegun = false;
    const findings = await foundBy((path) => {
      const given = answer(hasBegun ? [...emitted, ...rolledOut] : emitted, path);
      hasBegun ||= /\/(?:pods|replicasets)$/.test(path);
      return given;
    });
    expect(findings).toEqual([]);
  });

  it('foreignObjects reports a pod as unknown if it is being deleted and its owner no longer exists', async () => {
    const pod = workload('v1', 'Pod', 'tls-tier-1-a', tier, replicaSet);
    const going = { ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-11-21T08:00:00Z' } };
    expect(await found([going])).toEqual([expect.stringMatching(/^unknown Pod orders\/tls-tier-1-a: .*its ReplicaSet no longer exists/)]);
    await api?.stop();
    expect(await found([pod])).toEqual(['foreign Pod orders/tls-tier-1-a']);
  });

  it('foreignObjects reports a second Deployment with tier labels once, without its ReplicaSets and pods', async () => {
    expect(await found([rogue, rogueSet, workload('v1', 'Pod', 'rogue-1-a', tier, rogueSet)])).toEqual(['foreign Deployment orders/rogue']);
  });

  it.each([
    ['apps/v1', 'ReplicaSet'],
    ['apps/v1', 'StatefulSet'],
    ['apps/v1', 'DaemonSet'],
    ['v1', 'ReplicationController'],
    ['batch/v1', 'CronJob'],
    ['batch/v1', 'Job'],
    ['v1', 'Pod'],
  ])('foreignObjects reports a workload with tier labels: %s %s', async (apiVersion, kind) => {
    expect(await found([workload(apiVersion, kind, 'rogue', tier)])).toEqual([`foreign ${kind} orders/rogue`]);
  });

  it('foreignObjects reports a pod that was given the tier labels by hand', async () => {
    const other = workload('apps/v1', 'ReplicaSet', 'other-1', { app: 'other' });
    expect(await found([other, workload('v1', 'Pod', 'other-1-a', tier, other)])).toEqual(['foreign Pod orders/other-1-a']);
  });

  it('foreignObjects does not report a workload without tier labels', async () => {
    expect(await found([workload('apps/v1', 'Deployment', 'gateway', { app: 'gateway' })])).toEqual([]);
  });

  it('foreignObjects does not report a pod whose owners may not be read', async () => {
    const pod = workload('v1', 'Pod', 'tls-tier-1-a', tier, replicaSet);
    expect(await found([pod], (path) => path.endsWith('/replicasets'))).toEqual([
      'unknown every other ReplicaSet in orders: 403 Forbidden',
    ]);
  });
});

describe('altered pods', () => {
  const [image, mirrored] = ['registry.example/haproxy@sha256:1f', 'mirror.example/haproxy@sha256:1f'];
  const running = (own: object) => ({ metadata: { labels: tier }, spec: { containers: [{ name: 'haproxy', image }], ...own } });
  const set = workload('apps/v1', 'ReplicaSet', 'tls-tier-1', tier, deployment);
  const replicaSet = { ...set, spec: { template: running({}) } };
  const pod = (own: object) => ({ ...workload('v1', 'Pod', 'tls-tier-1-a', tier, set), spec: running(own).spec });

  it.each<[string, object]>([
    ['a change of its image', { containers: [{ name: 'haproxy', image: 'registry.example/haproxy@sha256:2e' }] }],
    ['the addition of a container', { containers: [...running({}).spec.containers, { name: 'proxy', image }] }],
    ['the addition of a debug container', { ephemeralContainers: [{ name: 'debugger', image }] }],
  ])('foreignObjects reports a tier pod as drifted after %s', async (_what, own) => {
    expect(await found([replicaSet, pod(own)])).toEqual(['drifted Pod orders/tls-tier-1-a']);
  });

  it('alteredPods ignores a different registry if the digest of the image is the same', async () => {
    expect(await found([replicaSet, pod({ containers: [{ name: 'haproxy', image: mirrored }] })])).toEqual([]);
  });

  it('alteredPods compares a pod with its own ReplicaSet during a rollout', async () => {
    const older = { ...replicaSet, spec: { template: running({ containers: [{ name: 'haproxy', image: 'older' }] }) } };
    expect(await found([older, pod({ containers: [{ name: 'haproxy', image: 'older' }] })])).toEqual([]);
  });
});

function scaling(name: string): object {
  return { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, maxReplicas: 9 };
}

function bound(name: string, subject: object, role = 'edit'): KubernetesObject {
  const binding = object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { name });
  return { ...binding, subjects: [subject], roleRef: { kind: 'ClusterRole', name: role } };
}

describe('foreign objects', () => {
  const inOrders = { name: 'by-hand', namespace: 'orders' };

  it.each<[string, KubernetesObject]>([
    ['NetworkPolicy orders/by-hand', object('networking.k8s.io/v1', 'NetworkPolicy', inOrders)],
    ['CiliumNetworkPolicy.cilium.io orders/by-hand', object('cilium.io/v2', 'CiliumNetworkPolicy', inOrders)],
    [
      'CiliumClusterwideNetworkPolicy.cilium.io by-hand',
      object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', { name: 'by-hand' }, { endpointSelector: {} }),
    ],
    ['NetworkPolicy.crd.projectcalico.org orders/by-hand', object('crd.projectcalico.org/v1', 'NetworkPolicy', inOrders)],
    ['GlobalNetworkPolicy.projectcalico.org by-hand', object('projectcalico.org/v3', 'GlobalNetworkPolicy', { name: 'by-hand' })],
    [
      'AdminNetworkPolicy by-hand',
      object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', { name: 'by-hand' }, { subject: { namespaces: {} } }),
    ],
    [
      'BaselineAdminNetworkPolicy default',
      object(
        'policy.networking.k8s.io/v1alpha1',
        'BaselineAdminNetworkPolicy',
        { name: 'default' },
        { subject: { pods: { namespaceSelector: { matchExpressions: [{ key: 'diptych/zone', operator: 'Exists' }] } } } },
      ),
    ],
    [
      'EndpointSlice orders/by-hand',
      object('discovery.k8s.io/v1', 'EndpointSlice', { ...inOrders, labels: { 'kubernetes.io/service-name': 'fix-tls' } }),
    ],
    ['Service orders/by-hand', object('v1', 'Service', inOrders, { externalIPs: ['192.0.2.7'] })],
    ['PodDisruptionBudget orders/by-hand', object('policy/v1', 'PodDisruptionBudget', inOrders, { selector: {} })],
    ['HorizontalPodAutoscaler orders/by-hand', object('autoscaling/v2', 'HorizontalPodAutoscaler', inOrders, scaling('tls-tier'))],
    [
      'RoleBinding elsewhere/by-hand',
      {
        ...object('rbac.authorization.k8s.io/v1', 'RoleBinding', { name: 'by-hand', namespace: 'elsewhere' }),
        subjects: [{ kind: 'ServiceAccount', name: 'tls-tier', namespace: 'orders' }],
        roleRef: { kind: 'ClusterRole', name: 'edit' },
      },
    ],
    ['ClusterRoleBinding by-hand', bound('by-hand', { kind: 'Group', name: 'system:serviceaccounts:orders' })],
    ['ClusterRoleBinding everybody', bound('everybody', { kind: 'Group', name: 'system:authenticated' })],
    ['ClusterRoleBinding system:discovery', bound('system:discovery', { kind: 'Group', name: 'system:authenticated' })],
  ])('foreignObjects reports %s', async (resource, one) => {
    expect(await found([one])).toEqual([`foreign ${resource}`]);
  });

  it('foreignObjects ignores objects that only concern other namespaces', async () => {
    const managedBy = {
      'kubernetes.io/service-name': 'fix-tls',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    };
    const serversOwn = (name: string, group: string) => bound(name, { kind: 'Group', name: group }, name);
    const others = { endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'elsewhere' } } };
    const live = [
      object('networking.k8s.io/v1', 'NetworkPolicy', { name: 'own', namespace: 'elsewhere' }),
      object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', { name: 'nodes' }, { nodeSelector: {} }),
      object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', { name: 'elsewhere' }, others),
      object('projectcalico.org/v3', 'NetworkPolicy', { name: 'knp.default.deny', namespace: 'orders' }),
      object(
        'policy.networking.k8s.io/v1alpha1',
        'AdminNetworkPolicy',
        { name: 'elsewhere' },
        { subject: { namespaces: { matchLabels: { team: 'elsewhere' } } } },
      ),
      object('discovery.k8s.io/v1', 'EndpointSlice', { name: 'fix-tls-1', namespace: 'orders', labels: managedBy }),
      object('discovery.k8s.io/v1', 'EndpointSlice', { name: 'own', namespace: 'orders', labels: { 'kubernetes.io/service-name': 'own' } }),
      object('policy/v1', 'PodDisruptionBudget', { name: 'own', namespace: 'orders' }, { selector: { matchLabels: { app: 'own' } } }),
      bound('elsewhere', { kind: 'ServiceAccount', name: 'tls-tier', namespace: 'elsewhere' }),
      object('autoscaling/v2', 'HorizontalPodAutoscaler', { name: 'own', namespace: 'orders' }, scaling('gateway')),
      serversOwn('system:service-account-issuer-discovery', 'system:serviceaccounts'),
      serversOwn('system:basic-user', 'system:authenticated'),
      serversOwn('system:discovery', 'system:authenticated'),
      serversOwn('system:public-info-viewer', 'system:authenticated'),
    ];
    expect(await found(live)).toEqual([]);
  });
});

describe('limited credentials', () => {
  it('foreignObjects reports each cluster-wide kind as unknown if credentials cover only the namespaces of the estate', async () => {
    const rogue = workload('apps/v1', 'Deployment', 'rogue', tier);
    const isListOfAll = (path: string) => !path.includes('/namespaces/') && !/\/v\d\w*$/.test(path);
    expect(await found([rogue], isListOfAll)).toEqual([
      'foreign Deployment orders/rogue',
      'unknown every other AdminNetworkPolicy in the cluster: 403 Forbidden',
      'unknown every other BaselineAdminNetworkPolicy in the cluster: 403 Forbidden',
      'unknown every other CiliumClusterwideNetworkPolicy.cilium.io in the cluster: 403 Forbidden',
      'unknown every other ClusterRoleBinding in the cluster: 403 Forbidden',
      'unknown every other GlobalNetworkPolicy.crd.projectcalico.org in the cluster: 403 Forbidden',
      'unknown every other RoleBinding in the cluster: 403 Forbidden',
    ]);
  });
});
