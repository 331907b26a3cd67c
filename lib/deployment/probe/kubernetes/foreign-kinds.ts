import { type LabelSelector, type Labels, matches, serviceSelects } from '../../../readback/kubernetes/label-selector';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { isCalicoShadow } from '../../kubernetes/client/namespaced-kinds';
import type { EmittedIndex } from './emitted-index';

/** Kind of object that can affect the traffic, permissions or resources of a zone, with a filter for the relevant ones. */
export interface ForeignKind {
  /** API versions that may serve the kind. The first one with any objects is used. */
  readonly apiVersions: readonly string[];
  readonly kind: string;
  /** Namespaces to search: those of the estate, or all. */
  readonly scope: 'estate' | 'cluster';
  /** Returns true if an object that was not emitted is relevant for the estate. */
  readonly isRelevant: (object: KubernetesObject, index: EmittedIndex) => boolean;
}

const always = () => true;

const inEstate = (apiVersion: string, kind: string, isRelevant: ForeignKind['isRelevant'] = always): ForeignKind => {
  return { apiVersions: [apiVersion], kind, scope: 'estate', isRelevant };
};

const inCluster = (apiVersion: string, kind: string, isRelevant: ForeignKind['isRelevant']): ForeignKind => {
  return { apiVersions: [apiVersion], kind, scope: 'cluster', isRelevant };
};

const calico = ['crd.projectcalico.org/v1', 'projectcalico.org/v3'] as const;

/** Network policies are additive, so a single foreign policy can allow traffic. This includes policies of network plugins. */
const policies: readonly ForeignKind[] = [
  inEstate('networking.k8s.io/v1', 'NetworkPolicy'),
  inEstate('cilium.io/v2', 'CiliumNetworkPolicy'),
  inCluster('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', maySelectOurPods),
  { apiVersions: calico, kind: 'NetworkPolicy', scope: 'estate', isRelevant: isCalicoPolicy },
  { apiVersions: calico, kind: 'GlobalNetworkPolicy', scope: 'cluster', isRelevant: isCalicoPolicy },
  inCluster('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', selectsOurNamespaces),
  inCluster('policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy', selectsOurNamespaces),
  inCluster('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', selectsOurNamespaces),
];

/** All relevant kinds except workloads, which `lookalike-workloads.ts` covers. */
export const foreignKinds: readonly ForeignKind[] = [
  ...policies,
  inEstate('networking.k8s.io/v1', 'Ingress'),
  inEstate('v1', 'Service', exposes),
  inEstate('discovery.k8s.io/v1', 'EndpointSlice', divertsTraffic),
  inEstate('rbac.authorization.k8s.io/v1', 'Role'),
  inEstate('rbac.authorization.k8s.io/v1', 'RoleBinding'),
  inCluster('rbac.authorization.k8s.io/v1', 'RoleBinding', grantsFromOtherNamespace),
  inCluster('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', grantsToOurAccounts),
  inEstate('v1', 'ResourceQuota'),
  inEstate('v1', 'LimitRange'),
  inEstate('policy/v1', 'PodDisruptionBudget', selectsTier),
  inEstate('autoscaling/v2', 'HorizontalPodAutoscaler', scalesTier),
];

/** Returns true if a Service is reachable from outside the cluster or selects a tier. Other Services of workloads are not our concern. */
function exposes({ metadata, spec }: KubernetesObject, index: EmittedIndex): boolean {
  const { type = 'ClusterIP', selector = {}, externalIPs = [] } = spec as { type?: string; selector?: Labels; externalIPs?: string[] };
  return (
    type !== 'ClusterIP' ||
    externalIPs.length > 0 ||
    index.tierLabels(metadata.namespace).some((labels) => serviceSelects(selector, labels))
  );
}

/** Returns true if an EndpointSlice that the cluster's controller did not create adds addresses to the Service of a tier. */
function divertsTraffic({ metadata: { namespace, labels = {} } }: KubernetesObject, index: EmittedIndex): boolean {
  const service = labels['kubernetes.io/service-name'];
  const isFromController = labels['endpointslice.kubernetes.io/managed-by'] === 'endpointslice-controller.k8s.io';
  return !isFromController && index.tierServices(namespace).some(({ name }) => name === service);
}

/** Returns true if a PodDisruptionBudget applies to the pods of a tier. */
function selectsTier({ metadata, spec }: KubernetesObject, index: EmittedIndex): boolean {
  const { selector } = spec as { selector?: LabelSelector };
  return selector !== undefined && index.tierLabels(metadata.namespace).some((labels) => matches(selector, labels));
}

/** Returns true if an autoscaler targets a tier, where it would compete with the emitted one or change a fixed size. */
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
 * Default bindings of the API server that apply to all users. Each refers to the ClusterRole of the same name.
 *
 * @see {@link https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings}
 */
const defaultBindings: readonly string[] = [
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
];

function isDefaultBinding({ metadata: { name }, roleRef }: KubernetesObject): boolean {
  const role = roleRef as { readonly kind: string; readonly name: string };
  return defaultBindings.includes(name) && role.kind === 'ClusterRole' && role.name === name;
}

/** Groups that contain every service account. */
const allAccountGroups: readonly string[] = ['system:authenticated', 'system:serviceaccounts'];

/** Returns true if a binding grants permissions to service accounts in the estate's namespaces, as accounts, groups or user names. */
function grantsToOurAccounts(binding: KubernetesObject, { namespaces }: EmittedIndex): boolean {
  if (isDefaultBinding(binding)) return false;
  return ((binding.subjects ?? []) as readonly Subject[]).some(({ kind, name, namespace = '' }) => {
    if (kind === 'ServiceAccount') return namespaces.includes(namespace);
    if (kind === 'Group') return allAccountGroups.includes(name) || namespaces.some((own) => name === `system:serviceaccounts:${own}`);
    return namespaces.some((own) => name.startsWith(`system:serviceaccount:${own}:`));
  });
}

/** As {@link grantsToOurAccounts}, for bindings in other namespaces; those in our own are always relevant. */
function grantsFromOtherNamespace(binding: KubernetesObject, index: EmittedIndex): boolean {
  return !index.namespaces.includes(binding.metadata.namespace ?? '') && grantsToOurAccounts(binding, index);
}

/** Returns false for the copies that Calico makes of policies of the Kubernetes API. */
function isCalicoPolicy({ metadata: { name } }: KubernetesObject): boolean {
  return !isCalicoShadow(name);
}

/** Label keys that Cilium policies use for the namespace of a pod. */
const namespaceKeys = ['k8s:io.kubernetes.pod.namespace', 'io.kubernetes.pod.namespace'] as const;

/** Returns true if a Cilium policy may select pods of the estate, which excludes node policies and policies for other namespaces. */
function maySelectOurPods({ spec, specs }: KubernetesObject, { namespaces }: EmittedIndex): boolean {
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

/** Returns true if an admin policy selects a namespace of the estate. A namespace whose labels are not known counts as selected. */
function selectsOurNamespaces({ spec }: KubernetesObject, index: EmittedIndex): boolean {
  const { subject = {} } = spec as { subject?: AdminSubject };
  const selector = subject.namespaces ?? subject.pods?.namespaceSelector ?? {};
  return index.namespaces.some((name) => {
    const labels = index.namespaceLabels(name);
    return labels === undefined || matches(selector, labels);
  });
}
