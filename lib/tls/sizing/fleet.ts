import type { TierSite } from '../tier-site';
import type { Shape } from './instance';

/** How many instances a tier has, and how many of them it can lose. */
export interface Fleet {
  /** Instances that carry the peak within every budget, at the target utilization. */
  readonly needed: number;
  /** Instances that run when nothing has failed. */
  readonly instances: number;
  /** Instances left when one failure domain is lost. */
  readonly survivors: number;
  /** Instances that may run during a rollout: one more. */
  readonly maxInstances: number;
}

/** Instances that share a failure domain when they are spread evenly. */
function together(instances: number, failureDomains: number): number {
  return Math.ceil(instances / failureDomains);
}

/** The smallest fleet of which enough is left when one failure domain is lost, and never fewer than two instances in two domains. */
export function fleetOf(needed: number, failureDomains: number): Fleet {
  let instances = Math.max(2, needed + 1);
  while (instances - together(instances, failureDomains) < needed) instances++;
  return { needed, instances, survivors: instances - together(instances, failureDomains), maxInstances: instances + 1 };
}

/**
 * Whether a site has the devices for a fleet and its surge instance; always so in the cloud, where each machine brings its own.
 *
 * An instance takes its devices from one node. While a fleet that has grown by one is rolled out there is one instance more: without
 * a device for it the rollout waits for ever.
 */
export function devicesSuffice({ maxInstances }: Fleet, { devices }: Shape, { hardware, failureDomains }: TierSite): boolean {
  if (!hardware || devices === 0) return true;
  const perDomain = Math.floor(hardware.devicesPerNode / devices) * hardware.nodesPerFailureDomain;
  return together(maxInstances + 1, failureDomains) <= perDomain;
}
