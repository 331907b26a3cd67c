import type { EndpointPlan } from '../../zones/plan-schema';
import { instanceConnections } from '../connections';
import type { Costs } from './costs';

/** Share of a machine's memory that the tier may use; the rest is for the operating system. */
export const usableMemoryShare = 0.8;

/** Connections and memory of one instance. */
export interface InstanceCapacity {
  readonly maxConnections: number;
  readonly memoryMebibytes: number;
}

/** Computes the connections and memory of one instance, which has room for every connection that its frontends accept. */
export function capacityOf(endpoints: readonly EndpointPlan[], { memory }: Costs): InstanceCapacity {
  const maxConnections = instanceConnections(endpoints);
  return { maxConnections, memoryMebibytes: Math.ceil(memory.instanceMebibytes + (maxConnections * memory.sessionKibibytes) / 1_024) };
}

/** True if a machine has enough memory. Always true on-prem, where a pod requests what it needs. */
export function fitsMemory(machineMebibytes: number | undefined, { memoryMebibytes }: InstanceCapacity): boolean {
  return machineMebibytes === undefined || memoryMebibytes <= machineMebibytes * usableMemoryShare;
}
