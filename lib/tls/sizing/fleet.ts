import type { TierSite } from '../tier-site';
import type { Shape } from './instance';

/** Instance counts of a tier. */
export interface Fleet {
  /** Instances that carry the peak load within every budget, at the target utilization. */
  readonly needed: number;
  /** Instances in normal operation. */
  readonly instances: number;
  /** Instances left after the loss of one failure domain. */
  readonly survivors: number;
  /** Upper limit of instances during a rolling update: one more. */
  readonly maxInstances: number;
}

/** Instances in the fullest failure domain when they are spread evenly. */
function perFailureDomain(instances: number, failureDomains: number): number {
  return Math.ceil(instances / failureDomains);
}

/**
 * Returns the smallest fleet that keeps the needed instances after the loss of one failure domain, and has at least two instances.
 *
 * @example
 * fleetOf(3, 3); // { needed: 3, instances: 5, survivors: 3, maxInstances: 6 }
 */
export function fleetOf(needed: number, failureDomains: number): Fleet {
  // Smallest n with n - ceil(n / d) >= needed.
  const instances = Math.max(2, needed + 1, Math.ceil((needed * failureDomains) / (failureDomains - 1)));
  return { needed, instances, survivors: instances - perFailureDomain(instances, failureDomains), maxInstances: instances + 1 };
}

/**
 * True if a site has enough devices for a fleet and its surge instance. Always true in the cloud, where each machine has its own devices.
 *
 * All devices of an instance are on one node. A rolling update of a fleet at its upper limit starts one more instance, which waits
 * forever if no device is free.
 */
export function devicesSuffice({ maxInstances }: Fleet, { devices }: Shape, { hardware, failureDomains }: TierSite): boolean {
  if (!hardware || devices === 0) return true;
  const perDomain = Math.floor(hardware.devicesPerNode / devices) * hardware.nodesPerFailureDomain;
  return perFailureDomain(maxInstances + 1, failureDomains) <= perDomain;
}
