import { roleLabel, tierRole } from '../../core/labels';
import type { KubernetesObject } from '../../readback/kubernetes-object';
import { ApiRefusal } from '../cluster/connection';
import { identity } from '../cluster/inventory';
import { nameOf, type Objects } from '../cluster/objects';
import type { Finding } from './finding';

/** A kind of object that changes what a zone admits, may do or is given, and which of them do. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly matters: (object: KubernetesObject, emitted: readonly KubernetesObject[]) => boolean;
}

const always = () => true;

const kinds: readonly Kind[] = [
  // Policies add up: any one of them opens a wall.
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', matters: always },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', matters: always },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', matters: always },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', matters: always },
  { apiVersion: 'v1', kind: 'ResourceQuota', matters: always },
  { apiVersion: 'v1', kind: 'LimitRange', matters: always },
  { apiVersion: 'v1', kind: 'Service', matters: exposes },
  { apiVersion: 'v1', kind: 'Pod', matters: posesAsTier },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', matters: selectsTier },
];

/** Objects in the namespaces of an estate that nobody emitted and that matter to its walls. */
export async function foreignObjects(site: string, emitted: readonly KubernetesObject[], objects: Objects): Promise<Finding[]> {
  const namespaces = new Set(emitted.flatMap(({ metadata }) => metadata.namespace ?? []));
  const ours = new Set(emitted.map(identity));
  const isForeign = (object: KubernetesObject) => namespaces.has(object.metadata.namespace ?? '') && !ours.has(identity(object));
  const findings = await Promise.all(
    kinds.map((kind) => foundOfKind(site, kind, objects, (object) => isForeign(object) && kind.matters(object, emitted))),
  );
  return findings.flat();
}

async function foundOfKind(
  site: string,
  { apiVersion, kind }: Kind,
  objects: Objects,
  isForeign: (object: KubernetesObject) => boolean,
): Promise<Finding[]> {
  try {
    const foreign = (await objects.list(apiVersion, kind)).filter(isForeign);
    return foreign.map((object) => ({ site, type: kind, resource: nameOf(object), verdict: 'foreign', differences: [], unknown: [] }));
  } catch (error) {
    const reason = error instanceof ApiRefusal ? `${error.status} ${error.reason}` : (error as Error).message;
    return [{ site, type: kind, resource: `${kind} of others`, verdict: 'unknown', differences: [], unknown: [], reason }];
  }
}

/** A Service of a zone's own workloads is their affair, unless it opens a way in from outside or leads to a tier. */
function exposes({ metadata, spec }: KubernetesObject, emitted: readonly KubernetesObject[]): boolean {
  const { type = 'ClusterIP', selector = {} } = spec as { type?: string; selector?: Readonly<Record<string, string>> };
  return type !== 'ClusterIP' || podLabels(emitted, metadata.namespace).some((labels) => selects(selector, labels));
}

/** Labels of the pods that we emitted into a namespace. */
function podLabels(emitted: readonly KubernetesObject[], namespace: string | undefined): Readonly<Record<string, string>>[] {
  const deployments = emitted.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.namespace === namespace);
  return deployments.map(
    ({ spec }) => (spec as { template: { metadata: { labels?: Record<string, string> } } }).template.metadata.labels ?? {},
  );
}

/** An empty selector of a Service selects nothing. */
function selects(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(selector);
  return entries.length > 0 && entries.every(([label, value]) => labels[label] === value);
}

/** A pod with the labels of a tier gets its traffic; those of a tier's own Deployment are owned by a ReplicaSet. */
function posesAsTier({ metadata }: KubernetesObject): boolean {
  const owners = (metadata.ownerReferences ?? []) as readonly { readonly kind: string }[];
  return metadata.labels?.[roleLabel] === tierRole && !owners.some(({ kind }) => kind === 'ReplicaSet');
}

function selectsTier({ metadata, spec }: KubernetesObject, emitted: readonly KubernetesObject[]): boolean {
  const { selector } = spec as { selector?: { matchLabels?: Readonly<Record<string, string>> } };
  return podLabels(emitted, metadata.namespace).some((labels) => selects(selector?.matchLabels ?? {}, labels));
}
