import type { TierPlan } from '../plan-schema';

/** A processor share as Kubernetes writes it: whole ones stay whole, since only those can be pinned. */
export function cpuQuantity(cores: number): string {
  return Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1_000)}m`;
}

/** Memory as Kubernetes writes it. */
export function memoryQuantity(mebibytes: number): string {
  return `${Math.ceil(mebibytes)}Mi`;
}

/** What one instance gets: requests equal limits, so that it is the last to be evicted and whole processors can be its own. */
export function instanceResources({ cpuCores, memoryMebibytes, pinnedCpus, device }: TierPlan): Record<string, string> {
  return {
    cpu: cpuQuantity(pinnedCpus ? Math.ceil(cpuCores) : cpuCores),
    memory: memoryQuantity(memoryMebibytes),
    ...(device && { [device.resource]: String(device.count) }),
  };
}

/** Instances that may exist at once while every one of the largest fleet is replaced: new ones, one surge, and old ones that drain. */
export function mostInstances({ maxInstances }: TierPlan): number {
  return 2 * maxInstances + 1;
}

/** Devices that a tier may hold: those of the largest fleet and of one surge instance. */
export function mostDevices({ maxInstances, device }: TierPlan): number {
  return device ? (maxInstances + 1) * device.count : 0;
}
