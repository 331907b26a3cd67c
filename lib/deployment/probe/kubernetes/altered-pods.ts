import type { Difference } from '../../../core/finding';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { controllerOf } from '../../kubernetes/owner-references';
import type { EmittedIndex } from './emitted-index';

/** Pod of a tier whose containers differ from the template of its ReplicaSet. */
export interface AlteredPod {
  readonly pod: KubernetesObject;
  readonly differences: readonly Difference[];
}

interface Container {
  readonly name: string;
  readonly image?: string;
}

/** Fields of a pod that list containers. Ephemeral containers are never part of a template. */
const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

type PodSpec = { readonly [list in (typeof lists)[number]]?: readonly Container[] };

/**
 * Returns the tier pods whose images were changed in place or to which containers were added.
 *
 * The API allows no other change to the containers of a running pod. Each pod is compared with its own ReplicaSet, so a rollout in
 * progress is not a difference.
 *
 * @param workloads - all workloads of one namespace
 * @see {@link https://kubernetes.io/docs/concepts/workloads/pods/#pod-update-and-replacement}
 */
export function alteredPods(workloads: readonly KubernetesObject[], index: EmittedIndex): AlteredPod[] {
  const byUid = new Map(workloads.map((workload) => [workload.metadata.uid, workload]));
  return workloads.flatMap((pod) => {
    const set = pod.kind === 'Pod' ? byUid.get(controllerOf(pod)?.uid) : undefined;
    const deployment = set && byUid.get(controllerOf(set)?.uid);
    if (!set || !deployment || !index.has(deployment)) return [];
    const differences = lists.flatMap((list) => differencesIn(list, templateOf(set), pod.spec as PodSpec));
    return differences.length > 0 ? [{ pod, differences }] : [];
  });
}

function templateOf({ spec }: KubernetesObject): PodSpec {
  return (spec as { readonly template: { readonly spec?: PodSpec } }).template.spec ?? {};
}

function differencesIn(list: (typeof lists)[number], template: PodSpec, pod: PodSpec): Difference[] {
  const images = new Map((template[list] ?? []).map(({ name, image }) => [name, image]));
  return (pod[list] ?? []).flatMap(({ name, image }): Difference[] => {
    const from = images.get(name);
    return from !== undefined && isSameImage(from, image) ? [] : [{ attribute: `spec.${list}[${name}].image`, from, to: image }];
  });
}

/** Compares images by digest where they have one, because a mirror changes the registry in the name. */
function isSameImage(one: string, other: string | undefined): boolean {
  const digest = (image: string) => image.split('@')[1] ?? image;
  return other !== undefined && digest(one) === digest(other);
}
