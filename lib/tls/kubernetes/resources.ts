import type { TierPlan } from '../plan-schema';

/**
 * Formats processor cores as a Kubernetes quantity. Integers stay integers, because the kubelet pins only whole cores.
 *
 * @example
 * cpuQuantity(2); // '2'
 * cpuQuantity(0.5); // '500m'
 */
export function cpuQuantity(cores: number): string {
  return Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1_000)}m`;
}

/** Formats memory as a Kubernetes quantity, rounded up to MiB. */
export function memoryQuantity(mebibytes: number): string {
  return `${Math.ceil(mebibytes)}Mi`;
}

/** Resources of one instance, used as requests and limits: equal values give the pod the QoS class Guaranteed and let the kubelet pin cores. */
export function instanceResources({ cpuCores, memoryMebibytes, pinnedCpus, device }: TierPlan): Record<string, string> {
  return {
    cpu: cpuQuantity(pinnedCpus ? Math.ceil(cpuCores) : cpuCores),
    memory: memoryQuantity(memoryMebibytes),
    ...(device && { [device.resource]: String(device.count) }),
  };
}

/** Upper limit of pods during a rolling update of the largest fleet: new instances, old instances that drain, and one surge instance. */
export function maxPods({ maxInstances }: TierPlan): number {
  return 2 * maxInstances + 1;
}

/** Upper limit of devices that a tier may hold: those of the largest fleet and of one surge instance. */
export function maxDevices({ maxInstances, device }: TierPlan): number {
  return device ? (maxInstances + 1) * device.count : 0;
}
