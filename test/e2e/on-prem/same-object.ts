import type { Kubectl, KubernetesObject } from '../harness/kubectl';

type Values = Readonly<Record<string, unknown>>;

/** Fields that the API server sets, and the size set by an autoscaler. */
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

/** Lists whose order has no meaning, which the Terraform provider stores as sets. */
const unordered = new Set(['loadBalancerSourceRanges']);

/** Defaults written by the Terraform provider, equivalent to absent fields. */
const spelledOut: Values = { mountPropagation: 'None', optional: false, shareProcessNamespace: false };

/** A namespace without quotas. */
const elsewhere = 'compared';

/**
 * The objects as the API server would create them, with all defaults.
 *
 * They get another namespace or name, because Terraform's objects have the original ones.
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

/** Live objects with the same kinds and names, in the same order. */
export async function live(kubectl: Kubectl, objects: readonly KubernetesObject[]): Promise<unknown[]> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  const answer = await kubectl.run(['get', '--output=json', '--filename=-'], JSON.stringify(list));
  return itemsOf(answer).map(essence);
}

/** Normal form of an object: without location, individual metadata and empty fields. */
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

/** Items of an answer; kubectl returns a single object without a list. */
function itemsOf(answer: string): readonly Values[] {
  const parsed = JSON.parse(answer) as Values & { readonly items?: readonly Values[] };
  return parsed.items ?? [parsed];
}
