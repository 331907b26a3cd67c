import { roleLabel, tierRole } from '../../../core/labels';
import { type Labels, serviceSelects } from '../../../readback/kubernetes/label-selector';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { controllerOf } from '../../kubernetes/owner-references';
import type { EmittedIndex } from './emitted-index';

/**
 * Kinds of workloads in the order in which they are listed: owned objects before their owners.
 *
 * In this order, the owner of every listed object is in a later list, even if a rollout is in progress.
 */
export const workloadKinds = [
  [['v1', 'Pod']],
  [
    ['apps/v1', 'ReplicaSet'],
    ['apps/v1', 'StatefulSet'],
    ['apps/v1', 'DaemonSet'],
    ['v1', 'ReplicationController'],
    ['batch/v1', 'Job'],
  ],
  [
    ['apps/v1', 'Deployment'],
    ['batch/v1', 'CronJob'],
  ],
] as const;

/** Kinds that own other workloads. */
const owningKinds: ReadonlySet<string> = new Set(workloadKinds.slice(1).flatMap((round) => round.map(([, kind]) => kind)));

/**
 * Returns the workloads that were not emitted but whose pods carry the labels of a tier, and so receive its traffic and permissions.
 *
 * A workload whose owner is an emitted tier or another lookalike is left out.
 *
 * @param workloads - all workloads of one namespace
 * @param unread - kinds that could not be listed; workloads that they own are left out
 */
export function lookalikeWorkloads(
  workloads: readonly KubernetesObject[],
  unread: ReadonlySet<string>,
  index: EmittedIndex,
): KubernetesObject[] {
  const lookalikes = workloads.filter((workload) => looksLikeTier(workload, index));
  const owners = new Set(lookalikes.map(({ metadata }) => metadata.uid));
  return lookalikes.filter((workload) => {
    const owner = controllerOf(workload);
    return !index.has(workload) && !(owner && (owners.has(owner.uid) || unread.has(owner.kind)));
  });
}

/** Returns true if a workload is being deleted and its owner no longer exists, so that its origin cannot be determined. */
export function isOrphaned(workload: KubernetesObject, workloads: readonly KubernetesObject[]): boolean {
  const owner = controllerOf(workload);
  if (workload.metadata.deletionTimestamp === undefined || owner === undefined || !owningKinds.has(owner.kind)) return false;
  return !workloads.some(({ metadata }) => metadata.uid === owner.uid);
}

/** Returns true if the pods of a workload carry the tier role or are selected by the Service of a tier. */
function looksLikeTier(workload: KubernetesObject, index: EmittedIndex): boolean {
  const labels = podLabels(workload);
  return (
    labels[roleLabel] === tierRole ||
    index.tierServices(workload.metadata.namespace).some(({ selector }) => serviceSelects(selector, labels))
  );
}

interface Template {
  readonly template?: { readonly metadata?: { readonly labels?: Labels } };
}

/** Returns the labels of a pod, or of the pods that a workload creates. */
function podLabels({ kind, metadata, spec }: KubernetesObject): Labels {
  if (kind === 'Pod') return metadata.labels ?? {};
  const { template } = kind === 'CronJob' ? (spec as { jobTemplate: { spec: Template } }).jobTemplate.spec : (spec as Template);
  return template?.metadata?.labels ?? {};
}
