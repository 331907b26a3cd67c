import { type LabelSelector, type Labels, leadsTo, matches } from '../../../readback/kubernetes/label-selector';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { isCalicoShadow } from '../../kubernetes/client/namespaced-kinds';
import type { EmittedIndex } from './emitted-index';

/** A kind of object that changes what a zone admits, may do or is given, and which of them do. */
export interface ForeignKind {
  /** Groups in which it may be served; the first that has any is believed. */
  readonly apiVersions: readonly string[];
  readonly kind: string;
  /** Whether those in our namespaces are looked at, or all there are. */
  readonly where: 'ours' | 'everywhere';
  readonly matters: (object: KubernetesObject, index: EmittedIndex) => boolean;
}

const always = () => true;

const ours = (apiVersion: string, kind: string, matters: ForeignKind['matters'] = always): ForeignKind => {
  return { apiVersions: [apiVersion], kind, where: 'ours', matters };
};

const everywhere = (apiVersion: string, kind: string, matters: ForeignKind['matters']): ForeignKind => {
  return { apiVersions: [apiVersion], kind, where: 'everywhere', matters };
};

const calico = ['crd.projectcalico.org/v1', 'projectcalico.org/v3'] as const;

/** Policies add up: any one of them opens a wall. So do those of the network plugins and of the cluster's administrators. */
const policies: readonly ForeignKind[] = [
  ours('networking.k8s.io/v1', 'NetworkPolicy'),
  ours('cilium.io/v2', 'CiliumNetworkPolicy'),
  everywhere('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', chooses),
  { apiVersions: calico, kind: 'NetworkPolicy', where: 'ours', matters: isCalicosOwn },
  { apiVersions: calico, kind: 'GlobalNetworkPolicy', where: 'everywhere', matters: isCalicosOwn },
  everywhere('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', governs),
  everywhere('policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy', governs),
  everywhere('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', governs),
];

/** Every kind but those that run pods. */
export const foreignKinds: readonly ForeignKind[] = [
  ...policies,
  ours('networking.k8s.io/v1', 'Ingress'),
  ours('v1', 'Service', exposes),
  ours('discovery.k8s.io/v1', 'EndpointSlice', divertsTraffic),
  ours('rbac.authorization.k8s.io/v1', 'Role'),
  ours('rbac.authorization.k8s.io/v1', 'RoleBinding'),
  everywhere('rbac.authorization.k8s.io/v1', 'RoleBinding', empowersFromElsewhere),
  everywhere('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', empowers),
  ours('v1', 'ResourceQuota'),
  ours('v1', 'LimitRange'),
  ours('policy/v1', 'PodDisruptionBudget', guardsTier),
  ours('autoscaling/v2', 'HorizontalPodAutoscaler', scalesTier),
];

/** A Service of a zone's own workloads is their affair, unless it opens a way in from outside or leads to a tier. */
function exposes({ metadata, spec }: KubernetesObject, index: EmittedIndex): boolean {
  const { type = 'ClusterIP', selector = {}, externalIPs = [] } = spec as { type?: string; selector?: Labels; externalIPs?: string[] };
  return type !== 'ClusterIP' || externalIPs.length > 0 || index.tierLabels(metadata.namespace).some((labels) => leadsTo(selector, labels));
}

/** The cluster's controller keeps the addresses behind a tier's Service; any that are written beside them get its traffic as well. */
function divertsTraffic({ metadata: { namespace, labels = {} } }: KubernetesObject, index: EmittedIndex): boolean {
  const service = labels['kubernetes.io/service-name'];
  const isControllers = labels['endpointslice.kubernetes.io/managed-by'] === 'endpointslice-controller.k8s.io';
  return !isControllers && index.tierServices(namespace).some(({ name }) => name === service);
}

function guardsTier({ metadata, spec }: KubernetesObject, index: EmittedIndex): boolean {
  const { selector } = spec as { selector?: LabelSelector };
  return selector !== undefined && index.tierLabels(metadata.namespace).some((labels) => matches(selector, labels));
}

/** Two that scale one tier undo each other, and one beside a tier of fixed size moves its size. */
function scalesTier({ metadata, spec }: KubernetesObject, index: EmittedIndex): boolean {
  const { scaleTargetRef } = spec as { scaleTargetRef: { readonly kind: string; readonly name: string } };
  return scaleTargetRef.kind === 'Deployment' && index.tierNames(metadata.namespace).includes(scaleTargetRef.name);
}

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Bindings that the API server itself makes for everybody, each to the role of its own name.
 *
 * @see {@link https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings}
 */
const serversOwn: readonly string[] = [
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
];

function isServersOwn({ metadata: { name }, roleRef }: KubernetesObject): boolean {
  const role = roleRef as { readonly kind: string; readonly name: string };
  return serversOwn.includes(name) && role.kind === 'ClusterRole' && role.name === name;
}

/** Groups in which every service account is. */
const everyAccount: readonly string[] = ['system:authenticated', 'system:serviceaccounts'];

/** Whether a binding gives something to service accounts of our namespaces, by whichever of their names. */
function empowers(binding: KubernetesObject, { namespaces }: EmittedIndex): boolean {
  if (isServersOwn(binding)) return false;
  return ((binding.subjects ?? []) as readonly Subject[]).some(({ kind, name, namespace = '' }) => {
    if (kind === 'ServiceAccount') return namespaces.includes(namespace);
    if (kind === 'Group') return everyAccount.includes(name) || namespaces.some((own) => name === `system:serviceaccounts:${own}`);
    return namespaces.some((own) => name.startsWith(`system:serviceaccount:${own}:`));
  });
}

function empowersFromElsewhere(binding: KubernetesObject, index: EmittedIndex): boolean {
  return !index.namespaces.includes(binding.metadata.namespace ?? '') && empowers(binding, index);
}

function isCalicosOwn({ metadata: { name } }: KubernetesObject): boolean {
  return !isCalicoShadow(name);
}

/** Names by which policies of Cilium call the namespace of a pod. */
const namespaceKeys = ['k8s:io.kubernetes.pod.namespace', 'io.kubernetes.pod.namespace'] as const;

/** Whether a policy of Cilium may be about pods of ours: one about nodes, or about another namespace, is not. */
function chooses({ spec, specs }: KubernetesObject, { namespaces }: EmittedIndex): boolean {
  const rules = [spec, ...((specs ?? []) as unknown[])].filter((rule) => rule !== undefined);
  return (rules as readonly { readonly endpointSelector?: LabelSelector; readonly nodeSelector?: LabelSelector }[]).some(
    ({ endpointSelector, nodeSelector }) => {
      if (!endpointSelector) return nodeSelector === undefined;
      const named = namespaceKeys.flatMap((key) => endpointSelector.matchLabels?.[key] ?? []);
      return named.every((name) => namespaces.includes(name));
    },
  );
}

interface AdminSubject {
  readonly namespaces?: LabelSelector;
  readonly pods?: { readonly namespaceSelector?: LabelSelector };
}

/** Whether a policy of the cluster's administrators is about a namespace of ours; one whose labels nobody knows may be meant. */
function governs({ spec }: KubernetesObject, index: EmittedIndex): boolean {
  const { subject = {} } = spec as { subject?: AdminSubject };
  const selector = subject.namespaces ?? subject.pods?.namespaceSelector ?? {};
  return index.namespaces.some((name) => {
    const labels = index.namespaceLabels(name);
    return labels === undefined || matches(selector, labels);
  });
}
