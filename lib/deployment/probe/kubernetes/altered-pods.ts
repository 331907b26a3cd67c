import type { Difference } from '../../../core/finding';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { controllerOf } from '../../kubernetes/owner-references';
import type { EmittedIndex } from './emitted-index';

/** A pod of a tier that runs something else than the tier's Deployment has it run. */
export interface AlteredPod {
  readonly pod: KubernetesObject;
  readonly differences: readonly Difference[];
}

interface Container {
  readonly name: string;
  readonly image?: string;
}

/** Where a pod keeps its containers; those for debugging are in no template at all. */
const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

type PodSpec = { readonly [list in (typeof lists)[number]]?: readonly Container[] };

/**
 * Pods of tiers whose images were changed in place, or to which containers were added: all that a pod lets anybody change of what it runs.
 *
 * Each is held to the ReplicaSet that made it, so that a rollout in progress is no difference.
 *
 * @param workloads - all of one namespace
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
  const stated = new Map((template[list] ?? []).map(({ name, image }) => [name, image]));
  return (pod[list] ?? []).flatMap(({ name, image }): Difference[] => {
    const from = stated.get(name);
    return from !== undefined && isSameImage(from, image) ? [] : [{ attribute: `spec.${list}[${name}].image`, from, to: image }];
  });
}

/** By digest where both have one: a cluster may take images from a mirror of its own. */
function isSameImage(one: string, other: string | undefined): boolean {
  const digest = (image: string) => image.split('@')[1] ?? image;
  return other !== undefined && digest(one) === digest(other);
}
