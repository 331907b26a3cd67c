import type { Costs } from './costs';
import { type DeviceQueue, deviceQueue } from './device';
import type { EndpointDemand, Handshake } from './handshake';
import { utilization, type Wait, waitAt, waitOf } from './queue';
import { momentsOf, type ServiceClass, sojournAt } from './sojourn';

/** A size of instance that a site offers. */
export interface Shape {
  /** Display name: `8 cores`, `8 cores and 2 devices`, `c7i.2xlarge`. */
  readonly name: string;
  readonly cores: number;
  readonly threads: number;
  readonly devices: number;
  /** Cost of one instance, in processor cores. */
  readonly costInCores: number;
  /** Cloud only: memory of the machine, in MiB. */
  readonly memoryMebibytes?: number;
  /** Cloud only: EC2 instance type. */
  readonly instanceType?: string;
}

/** Latency of the handshakes of an endpoint at a percentile, beside its budget. */
export interface Latency {
  readonly endpoint: string;
  readonly percentile: number;
  readonly microseconds: number;
  readonly budgetMicroseconds: number;
}

/** Figures of one instance that carries a share of the load of its site. */
export interface InstanceLoad {
  readonly newSessionsPerSecond: number;
  readonly serviceMicroseconds: number;
  readonly squaredVariation: number;
  readonly utilization: number;
  readonly wait: Wait;
  readonly device?: DeviceQueue;
  readonly latencies: readonly Latency[];
}

function processorClasses(demands: readonly EndpointDemand[], share: number): ServiceClass[] {
  return demands.flatMap(({ full, resumed, fullPerSecond, resumedPerSecond }) => [
    { perSecond: fullPerSecond * share, microseconds: full.processorMicroseconds },
    { perSecond: resumedPerSecond * share, microseconds: resumed.processorMicroseconds },
  ]);
}

/** Time of a handshake without queueing: processor, device operations, and retrieval of their results. */
function serviceTime({ processorMicroseconds, operations }: Handshake, device: DeviceQueue | undefined): number {
  const retrieval = operations.length * (device?.retrievalMicroseconds ?? 0);
  return operations.reduce((total, { microseconds }) => total + microseconds, processorMicroseconds + retrieval);
}

/**
 * Computes the latency of an endpoint at its percentile. With devices, each of the two queues gets half of the allowed exceedance, so
 * that the sum of both quantiles is an upper bound even if the waits are correlated (Boole's inequality).
 */
function latencyOf(demand: EndpointDemand, wait: Wait, device: DeviceQueue | undefined): Latency {
  const { id, full, resumed, budget } = demand;
  const operations = Math.max(full.operations.length, resumed.operations.length);
  const exceeded = 1 - budget.percentile;
  const classes = [
    { perSecond: demand.fullPerSecond, microseconds: serviceTime(full, device) },
    { perSecond: demand.resumedPerSecond, microseconds: serviceTime(resumed, device) },
  ].filter(({ perSecond }) => perSecond > 0);
  const queueing = device && operations > 0 ? operations * waitAt(device.wait, 1 - exceeded / 2 / operations) : 0;
  const percentile = device && operations > 0 ? 1 - exceeded / 2 : budget.percentile;
  return {
    endpoint: id,
    percentile: budget.percentile,
    microseconds: Math.ceil(queueing + sojournAt(classes, wait, percentile)),
    budgetMicroseconds: budget.microseconds,
  };
}

/** Computes the figures of an instance that carries a share of its site's load. */
export function loadOf(demands: readonly EndpointDemand[], shape: Shape, share: number, costs: Costs): InstanceLoad {
  const { perSecond, meanMicroseconds, squaredVariation } = momentsOf(processorClasses(demands, share));
  const queue = { arrivalsPerSecond: perSecond, servers: shape.threads, meanServiceMicroseconds: meanMicroseconds, squaredVariation };
  const wait = waitOf(queue);
  const device = shape.devices > 0 ? deviceQueue(demands, shape.devices, share, costs) : undefined;
  return {
    newSessionsPerSecond: perSecond,
    serviceMicroseconds: meanMicroseconds,
    squaredVariation,
    utilization: utilization(queue),
    wait,
    ...(device && { device }),
    latencies: demands.map((demand) => latencyOf(demand, wait, device)),
  };
}

/** True if an instance stays within the target utilization and every latency budget. */
export function sustains(load: InstanceLoad, { targetUtilization }: Costs): boolean {
  const busiest = Math.max(load.utilization, load.device?.utilization ?? 0);
  return (
    busiest <= targetUtilization + 1e-9 &&
    load.latencies.every(({ microseconds, budgetMicroseconds }) => microseconds <= budgetMicroseconds)
  );
}
