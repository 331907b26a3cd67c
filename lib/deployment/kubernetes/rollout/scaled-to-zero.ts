import type { KubernetesObject } from '../../../readback/kubernetes/object';
import type { LiveObject, Objects } from '../client/objects';

/**
 * True if an autoscaled Deployment was manually scaled to zero, which also disables its autoscaler. Applying the emitted object does not
 * restore it, because that states no replicas.
 *
 * @see {@link https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation}
 */
export function isScaledToZero({ kind, spec }: KubernetesObject, live: LiveObject): boolean {
  return kind === 'Deployment' && replicas(spec) === undefined && replicas(live.spec) === 0;
}

/** Resets the replicas of a Deployment to the default of one, from which the autoscaler resumes. */
export async function returnToAutoscaler(object: KubernetesObject, objects: Objects): Promise<void> {
  await objects.merge(object, { spec: { replicas: null } });
}

function replicas(spec: unknown): number | undefined {
  return (spec as { replicas?: number } | undefined)?.replicas;
}
