import type { EndpointPlan } from '../../zones/plan-schema';
import type { Costs } from './costs';
import type { Fleet } from './fleet';

/** Connections to allow per expected session, because a client that reconnects leaves its old session open for a while. */
const reconnectionFactor = 1.5;

/** Share of a machine's memory that the tier may use; the rest is for the operating system. */
export const usableMemoryShare = 0.8;

/** Connections and memory of one instance after it has taken over the sessions of failed instances. */
export interface InstanceCapacity {
  readonly maxConnections: number;
  readonly memoryMebibytes: number;
}

/**
 * Computes the connections and memory of one instance.
 *
 * Load balancers distribute connections by hash, so the number on one instance is binomial: the mean plus four standard deviations.
 */
export function capacityOf(endpoints: readonly EndpointPlan[], { survivors }: Fleet, { memory }: Costs): InstanceCapacity {
  const sessions = endpoints.reduce((total, { concurrentSessions }) => total + concurrentSessions, 0);
  const mean = sessions / survivors;
  const maxConnections = Math.ceil((mean + 4 * Math.sqrt(mean * (1 - 1 / survivors))) * reconnectionFactor);
  return { maxConnections, memoryMebibytes: Math.ceil(memory.instanceMebibytes + (maxConnections * memory.sessionKibibytes) / 1_024) };
}

/** True if a machine has enough memory. Always true on-prem, where a pod requests what it needs. */
export function fitsMemory(machineMebibytes: number | undefined, { memoryMebibytes }: InstanceCapacity): boolean {
  return machineMebibytes === undefined || memoryMebibytes <= machineMebibytes * usableMemoryShare;
}
