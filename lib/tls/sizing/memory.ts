import type { EndpointPlan } from '../../zones/plan-schema';
import type { Costs } from './costs';
import type { Fleet } from './fleet';

/** Sessions that an instance accepts for each that is expected: a client that reconnects leaves its old session behind for a while. */
const reconnection = 1.5;

/** Share of a machine's memory that the tier may fill; the rest is the system's. */
export const usable = 0.8;

/** What an instance must hold when it has taken over from those that failed. */
export interface Room {
  readonly maxConnections: number;
  readonly memoryMebibytes: number;
}

/**
 * Connections and memory of one instance.
 *
 * Balancers spread connections by hash, so the share of one instance is binomial: four standard deviations are added to its mean.
 */
export function capacityOf(endpoints: readonly EndpointPlan[], { survivors }: Fleet, { memory }: Costs): Room {
  const sessions = endpoints.reduce((total, { concurrentSessions }) => total + concurrentSessions, 0);
  const mean = sessions / survivors;
  const maxConnections = Math.ceil((mean + 4 * Math.sqrt(mean * (1 - 1 / survivors))) * reconnection);
  return { maxConnections, memoryMebibytes: Math.ceil(memory.instanceMebibytes + (maxConnections * memory.sessionKibibytes) / 1_024) };
}

/** Whether a machine has that memory; on-prem it is asked for. */
export function holds(machineMebibytes: number | undefined, { memoryMebibytes }: Room): boolean {
  return machineMebibytes === undefined || memoryMebibytes <= machineMebibytes * usable;
}
