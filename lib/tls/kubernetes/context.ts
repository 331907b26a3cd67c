import type { KubernetesSiteScope } from '../../core/scope/kubernetes';
import type { OnPremZonePlan } from '../../zones/plan-schema';
import type { HaproxyPlan, TierPlan } from '../plan-schema';

/** Everything that the objects of one tier are rendered from. */
export interface TierContext {
  readonly site: KubernetesSiteScope;
  readonly zone: OnPremZonePlan;
  readonly tier: TierPlan;
  readonly haproxy: HaproxyPlan;
}

/** Name of a zone's tier objects (Deployment, ServiceAccount, budget, autoscaler) inside the zone's namespace. */
export const tierName = 'tls-tier';

/** Name of an endpoint's Service and of the Secret with its files; the suffix leaves the plain name to the backend's own Service. */
export function endpointName(endpoint: string): string {
  return `${endpoint}-tls`;
}
