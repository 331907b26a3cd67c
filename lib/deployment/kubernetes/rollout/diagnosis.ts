import type { KubernetesObject } from '../../../readback/kubernetes/object';
import type { Objects } from '../client/objects';

/** A statement of the cluster about an object. */
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

/** Why a Deployment stands still, in the words of the cluster: why pods are not placed, not made or do not start, then what its controller says of it. */
export async function diagnoseRollout(objects: Objects, deployment: KubernetesObject): Promise<string> {
  const { conditions = [] } = (deployment.status ?? {}) as { conditions?: readonly Condition[] };
  // A failure that is true, progress and availability that are not.
  const wrong = conditions.filter(({ type, status }) => (status === 'True') === (type === 'ReplicaFailure'));
  const said = (wanted: string) => wrong.filter(({ type }) => type === wanted).map(({ message }) => message);
  // Who may deploy need not be allowed to read pods.
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
