import { Connection } from '../../../lib/deployment/kubernetes/client/connection';
import { nameOf, Objects } from '../../../lib/deployment/kubernetes/client/objects';
import { objectId } from '../../../lib/deployment/kubernetes/inventory';
import type { KubernetesObject } from '../../../lib/readback/kubernetes/object';
import type { Kubectl } from '../harness/kubectl';
import type { Edit } from './edit';

type Patch = (object: KubernetesObject) => object;

interface Spec {
  readonly [field: string]: unknown;
}

/** Ways to weaken, move or break an object of each kind, as merge patches. */
const patches: Readonly<Record<string, readonly Patch[]>> = {
  NetworkPolicy: [
    () => ({ spec: { ingress: [{}], policyTypes: ['Ingress'] } }),
    () => ({ spec: { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }], policyTypes: ['Egress'] } }),
    () => ({ spec: { podSelector: { matchLabels: { 'by-hand': 'yes' } } } }),
  ],
  Service: [
    () => ({ spec: { loadBalancerSourceRanges: ['0.0.0.0/0'] } }),
    () => ({ spec: { externalTrafficPolicy: 'Cluster' } }),
    () => ({ spec: { externalIPs: ['192.0.2.77'] } }),
    () => ({ spec: { selector: { 'diptych/role': 'by-hand' } } }),
  ],
  ResourceQuota: [({ spec }) => ({ spec: { hard: { [Object.keys((spec as { hard: Spec }).hard)[0] ?? 'pods']: '1234' } } })],
  LimitRange: [() => ({ spec: { limits: [{ type: 'Pod', max: { cpu: '1234' } }] } })],
  HorizontalPodAutoscaler: [() => ({ spec: { maxReplicas: 77 } }), () => ({ spec: { minReplicas: 1 } })],
  PodDisruptionBudget: [() => ({ spec: { minAvailable: 0 } })],
  Namespace: [() => ({ metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } })],
  Deployment: [
    () => ({ spec: { progressDeadlineSeconds: 4321 } }),
    () => ({ spec: { template: { spec: { terminationGracePeriodSeconds: 1 } } } }),
    () => ({ spec: { template: { spec: { hostAliases: [{ ip: '192.0.2.1', hostnames: ['elsewhere'] }] } } } }),
    ({ spec }) => ({
      spec: { template: { spec: { containers: containersOf(spec).map((one) => ({ ...one, image: 'haproxy:latest' })) } } },
    }),
  ],
  ServiceAccount: [() => ({ automountServiceAccountToken: true })],
  ValidatingAdmissionPolicy: [() => ({ spec: { failurePolicy: 'Ignore' } })],
  ValidatingAdmissionPolicyBinding: [() => ({ spec: { matchResources: { matchPolicy: 'Exact' } } })],
};

/** A merge patch replaces a whole list. */
function containersOf(spec: unknown): readonly object[] {
  return (spec as { template: { spec: { containers: readonly object[] } } }).template.spec.containers;
}

/** Edits of a cluster: patches and deletions of emitted objects, and additional objects. */
export function clusterEdits(kubectl: Kubectl, context: string, emitted: readonly KubernetesObject[], random: () => number): Edit[] {
  process.env.KUBECONFIG = kubectl.kubeconfig;
  const objects = new Objects(Connection.open(context));
  const patched = emitted.flatMap((object) => {
    const ways = patches[object.kind] ?? [];
    const way = ways[Math.floor(random() * ways.length)];
    return way ? [patchEdit(kubectl, objects, object, way)] : [];
  });
  const deleted = emitted
    .filter(({ kind }) => kind === 'NetworkPolicy' || kind === 'PodDisruptionBudget')
    .map((object) => deletion(objects, object));
  const namespaces = [...new Set(emitted.flatMap(({ metadata }) => metadata.namespace ?? []))];
  return [
    ...patched,
    ...deleted,
    ...namespaces.flatMap((namespace) => additions(namespace, emitted).map((object) => addition(objects, object))),
  ];
}

function patchEdit(kubectl: Kubectl, objects: Objects, object: KubernetesObject, way: Patch): Edit {
  return {
    target: objectId(object),
    async make() {
      const change = way(object);
      await patch(kubectl, object, change);
      const undo = async () => {
        await objects.apply(object);
        await patch(kubectl, object, withoutAdded(change, object));
      };
      return { finding: `drifted ${nameOf(object)}`, undo };
    },
  };
}

function patch(kubectl: Kubectl, { kind, metadata: { name, namespace } }: KubernetesObject, change: object): Promise<string> {
  const place = namespace === undefined ? [] : [`--namespace=${namespace}`];
  return kubectl.run(['patch', kind, name, ...place, '--type=merge', `--patch=${JSON.stringify(change)}`]);
}

/** Patch that removes exactly what another patch added. */
function withoutAdded(change: object, object: object): object {
  const entries = Object.entries(change).flatMap(([key, value]): [string, unknown][] => {
    const stated = (object as Spec)[key];
    if (stated === undefined) return [[key, null]];
    const below = typeof value === 'object' && value !== null && !Array.isArray(value) && typeof stated === 'object';
    return below ? [[key, withoutAdded(value, stated as object)]] : [];
  });
  return Object.fromEntries(entries);
}

function deletion(objects: Objects, object: KubernetesObject): Edit {
  return {
    target: objectId(object),
    async make() {
      await objects.delete(object);
      return { finding: `missing ${nameOf(object)}`, undo: () => objects.apply(object) };
    },
  };
}

function addition(objects: Objects, object: KubernetesObject): Edit {
  return {
    target: objectId(object),
    async make() {
      await objects.create(object);
      return { finding: `foreign ${nameOf(object)}`, undo: () => objects.delete(object) };
    },
  };
}

function additions(namespace: string, emitted: readonly KubernetesObject[]): KubernetesObject[] {
  const metadata = { name: 'by-hand', namespace };
  const subjects = [{ kind: 'ServiceAccount', name: 'default', namespace }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: { podSelector: {}, ingress: [{}], policyTypes: ['Ingress'] },
    },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { 'diptych/role': 'tier' }, ports: [{ port: 8080 }] } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata, roleRef, subjects },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: `by-hand.${namespace}` },
      roleRef,
      subjects,
    },
    ...emitted.filter((object) => object.metadata.namespace === namespace).flatMap((object) => besides(object)),
  ];
}

/** Objects that receive the traffic of a tier, or scale it, in addition to the emitted ones. */
function besides({ kind, metadata: { name, namespace }, spec }: KubernetesObject): KubernetesObject[] {
  if (kind === 'Service') {
    const metadata = { name: `by-hand.${name}`, namespace, labels: { 'kubernetes.io/service-name': name } };
    const endpoints = [{ addresses: ['192.0.2.78'] }];
    return [{ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType: 'IPv4', endpoints, ports: [] }];
  }
  if (kind !== 'Deployment') return [];
  const metadata = { name: 'by-hand', namespace };
  const scaleTargetRef = { apiVersion: 'apps/v1', kind, name };
  const { selector, template } = spec as Spec;
  return [
    // Admission refuses a Deployment with the label of a tier. Without replicas, there are no pods that have to be awaited on deletion.
    { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { selector, template, serviceName: name, replicas: 0 } },
    { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata, spec: { scaleTargetRef, maxReplicas: 9 } },
  ];
}
