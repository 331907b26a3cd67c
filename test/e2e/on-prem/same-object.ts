import type { Kubectl, KubernetesObject } from '../harness/kubectl';

type Values = Readonly<Record<string, unknown>>;

/** What the API server gives to each object anew, and the size that belongs to an autoscaler. */
const individual = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'status',
  'kubernetes.io/metadata.name',
  'deployment.kubernetes.io/revision',
  'clusterIP',
  'clusterIPs',
  'nodePort',
  'healthCheckNodePort',
  'replicas',
]);

/** Lists whose order means nothing; Terraform's provider keeps them as sets. */
const unordered = new Set(['loadBalancerSourceRanges']);

/** What Terraform's provider writes where its description is silent; to Kubernetes it means the same as nothing. */
const spelledOut: Values = { mountPropagation: 'None', optional: false, shareProcessNamespace: false };

/** A namespace without quotas. */
const elsewhere = 'compared';

/**
 * What the API server would make of objects if they were created now, every default filled in.
 *
 * They stand in another namespace or under another name, as their own places are taken by what Terraform made.
 */
export async function asCreated(kubectl: Kubectl, objects: readonly KubernetesObject[]): Promise<unknown[]> {
  await kubectl.labelNamespace(elsewhere, {});
  const moved = objects.map(({ metadata, ...object }) => {
    const place = metadata.namespace === undefined ? { name: `x-${metadata.name}` } : { namespace: elsewhere };
    return { ...object, metadata: { ...metadata, ...place } };
  });
  const answer = await kubectl.apply(moved, '--dry-run=server', '--output=json');
  return itemsOf(answer).map(essence);
}

/** The live objects of the same kinds and names, in the same order. */
export async function live(kubectl: Kubectl, objects: readonly KubernetesObject[]): Promise<unknown[]> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  const answer = await kubectl.run(['get', '--output=json', '--filename=-'], JSON.stringify(list));
  return itemsOf(answer).map(essence);
}

/** What two objects that mean the same have in common: no place, nothing individual, and nothing that is empty. */
function essence(object: Values): unknown {
  const { name: _name, namespace: _namespace, ...metadata } = object.metadata as Values;
  return withoutIndividual({ ...object, metadata });
}

function withoutIndividual(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIndividual);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, item]) => !individual.has(key) && spelledOut[key] !== item)
    .map(([key, item]): [string, unknown] => [key, unordered.has(key) ? [...(item as string[])].sort() : withoutIndividual(item)]);
  return Object.fromEntries(kept.filter(([, item]) => !isEmpty(item)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** The objects of an answer: kubectl gives a lone one without a list around it. */
function itemsOf(answer: string): readonly Values[] {
  const parsed = JSON.parse(answer) as Values & { readonly items?: readonly Values[] };
  return parsed.items ?? [parsed];
}
