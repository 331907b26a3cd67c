import { roleLabel, tierRole } from '../../../core/labels';
import { type Labels, leadsTo } from '../../../readback/kubernetes/label-selector';
import type { KubernetesObject } from '../../../readback/kubernetes/object';
import { controllerOf } from '../../kubernetes/owner-references';
import type { EmittedIndex } from './emitted-index';

/**
 * Kinds that are pods or make them, in rounds, what is made before what makes it.
 *
 * Read in this order, the maker of whatever was listed is in a later list, however much is rolled out meanwhile.
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

/** Kinds that make others. */
const makingKinds: ReadonlySet<string> = new Set(workloadKinds.slice(1).flatMap((round) => round.map(([, kind]) => kind)));

/**
 * What poses as a tier without having been emitted: its pods get the tier's traffic, and every exemption of the walls.
 *
 * What is made by one of them, or by a tier's own Deployment, is said with its maker.
 *
 * @param workloads - all of one namespace
 * @param unread - kinds that nobody could read: of what they made nothing is known
 */
export function lookalikeWorkloads(
  workloads: readonly KubernetesObject[],
  unread: ReadonlySet<string>,
  index: EmittedIndex,
): KubernetesObject[] {
  const lookalikes = workloads.filter((workload) => looksLikeTier(workload, index));
  const makers = new Set(lookalikes.map(({ metadata }) => metadata.uid));
  return lookalikes.filter((workload) => {
    const maker = controllerOf(workload);
    return !index.has(workload) && !(maker && (makers.has(maker.uid) || unread.has(maker.kind)));
  });
}

/** Whether a workload goes as its maker went before it: whose it was, nobody can tell any more. */
export function isLeftBehind(workload: KubernetesObject, workloads: readonly KubernetesObject[]): boolean {
  const maker = controllerOf(workload);
  if (workload.metadata.deletionTimestamp === undefined || maker === undefined || !makingKinds.has(maker.kind)) return false;
  return !workloads.some(({ metadata }) => metadata.uid === maker.uid);
}

function looksLikeTier(workload: KubernetesObject, index: EmittedIndex): boolean {
  const labels = podLabels(workload);
  return (
    labels[roleLabel] === tierRole || index.tierServices(workload.metadata.namespace).some(({ selector }) => leadsTo(selector, labels))
  );
}

interface Template {
  readonly template?: { readonly metadata?: { readonly labels?: Labels } };
}

/** Labels that the pods of a workload carry. */
function podLabels({ kind, metadata, spec }: KubernetesObject): Labels {
  if (kind === 'Pod') return metadata.labels ?? {};
  const { template } = kind === 'CronJob' ? (spec as { jobTemplate: { spec: Template } }).jobTemplate.spec : (spec as Template);
  return template?.metadata?.labels ?? {};
}
