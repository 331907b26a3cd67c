import type { KubernetesObject } from '../../../readback/kubernetes/object';
import type { LiveObject, Objects } from '../client/objects';

/**
 * Whether somebody scaled a Deployment to none whose size is an autoscaler's: the autoscaler stands still as well, and no application of
 * what was emitted states a size.
 *
 * @see {@link https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation}
 */
export function isScaledToZero({ kind, spec }: KubernetesObject, live: LiveObject): boolean {
  return kind === 'Deployment' && replicas(spec) === undefined && replicas(live.spec) === 0;
}

/** Gives a Deployment back to its autoscaler: with one instance, as when it was made. */
export async function returnToAutoscaler(object: KubernetesObject, objects: Objects): Promise<void> {
  await objects.merge(object, { spec: { replicas: null } });
}

function replicas(spec: unknown): number | undefined {
  return (spec as { replicas?: number } | undefined)?.replicas;
}
