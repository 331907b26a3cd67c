import type { TierPlan } from '../plan-schema';
import type { PlannedSite } from '../planned-site';
import { unreadySeconds } from './container';

/** True if the load balancer of a site cuts the open sessions of a stopping instance before its drain ends. */
export function isDrainCut(site: PlannedSite, { drainSeconds }: Pick<TierPlan, 'drainSeconds'>): boolean {
  return site.kind === 'on-prem' && site.loadBalancer === 'metallb' && drainSeconds > unreadySeconds;
}
