import type { KubernetesObject } from '../../../readback/kubernetes/object';
import type { Objects } from '../client/objects';

/** Condition in the status of an object. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastUpdateTime?: string;
}

interface PodStatus {
  readonly conditions?: readonly Condition[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
}

/**
 * Explains why a rollout does not progress, from the cluster's own messages: unschedulable pods, waiting containers, then the conditions of
 * the Deployment.
 */
export async function diagnoseRollout(objects: Objects, deployment: KubernetesObject): Promise<string> {
  const { conditions = [] } = (deployment.status ?? {}) as { conditions?: readonly Condition[] };
  // `ReplicaFailure` is wrong when true; `Progressing` and `Available` are wrong when not true.
  const wrong = conditions.filter(({ type, status }) => (status === 'True') === (type === 'ReplicaFailure'));
  const said = (wanted: string) => wrong.filter(({ type }) => type === wanted).map(({ message }) => message);
  // Permission to deploy does not imply permission to list pods.
  const pods = await objects.list('v1', 'Pod', deployment.metadata.namespace).catch(() => []);
  const { selector } = (deployment.spec ?? {}) as { selector?: { matchLabels?: Readonly<Record<string, string>> } };
  const labels = Object.entries(selector?.matchLabels ?? {});
  const ours = pods.filter(({ metadata }) => labels.every(([name, value]) => metadata.labels?.[name] === value));
  const all = [...ours.flatMap(hindrances), ...said('ReplicaFailure'), ...said('Progressing'), ...said('Available')];
  return [...new Set(all)].filter((text) => text !== undefined).join('; ');
}

function hindrances(pod: KubernetesObject): (string | undefined)[] {
  const { conditions = [], initContainerStatuses = [], containerStatuses = [] } = (pod.status ?? {}) as PodStatus;
  const unplaced = conditions.filter(({ type, status }) => type === 'PodScheduled' && status === 'False');
  const waiting = [...initContainerStatuses, ...containerStatuses].flatMap(({ name, state }) => {
    const { reason, message } = state?.waiting ?? {};
    return message === undefined ? [] : [`${name}: ${reason}: ${message}`];
  });
  return [...unplaced.map(({ message }) => message), ...waiting];
}
