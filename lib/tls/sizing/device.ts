import type { Costs, DeviceOperation } from './costs';
import type { EndpointDemand, Handshake } from './handshake';
import { type Queue, type Wait, waitOf } from './queue';
import { momentsOf, type ServiceClass } from './sojourn';

/** The devices of one instance, modeled as a queue of parallel operations. */
export interface DeviceQueue {
  readonly operationsPerSecond: number;
  readonly utilization: number;
  readonly wait: Wait;
  /** Time that a finished operation waits until its batch is full or the next poll, in microseconds. */
  readonly retrievalMicroseconds: number;
}

function classesOf(demands: readonly EndpointDemand[], share: number): (ServiceClass & { readonly occupied: number })[] {
  const of = ({ operations }: Handshake, perSecond: number) =>
    operations.map((operation: DeviceOperation) => ({
      perSecond: perSecond * share,
      microseconds: operation.microseconds,
      occupied: (perSecond * share) / operation.perSecond,
    }));
  return demands.flatMap(({ full, resumed, fullPerSecond, resumedPerSecond }) => [
    ...of(full, fullPerSecond),
    ...of(resumed, resumedPerSecond),
  ]);
}

/**
 * Models the queue in front of the devices of one instance that carries a share of the load; undefined if no operation uses a device.
 *
 * Little's law gives the parallelism of a device: throughput (`perSecond`) times latency (`microseconds`).
 */
export function deviceQueue(
  demands: readonly EndpointDemand[],
  devices: number,
  share: number,
  { device }: Costs,
): DeviceQueue | undefined {
  const classes = classesOf(demands, share);
  const { perSecond, meanMicroseconds, squaredVariation } = momentsOf(classes);
  if (perSecond === 0) return undefined;
  const occupied = classes.reduce((total, one) => total + one.occupied, 0);
  const parallel = Math.max(1, Math.floor(((perSecond * meanMicroseconds) / 1e6 / occupied) * devices));
  const queue: Queue = { arrivalsPerSecond: perSecond, servers: parallel, meanServiceMicroseconds: meanMicroseconds, squaredVariation };
  const batch = ((device.batchSize - 1) / perSecond) * 1e6;
  return {
    operationsPerSecond: perSecond,
    utilization: occupied / devices,
    wait: waitOf(queue),
    retrievalMicroseconds: Math.min(device.retrievalMicroseconds, batch),
  };
}
