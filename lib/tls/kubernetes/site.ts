import type { KubernetesSiteScope } from '../../core/scope/kubernetes';
import type { OnPremZonePlan } from '../../zones/plan-schema';
import type { HaproxyPlan, TierPlan } from '../plan-schema';

/** All that the objects of one tier are made from. */
export interface TierContext {
  readonly site: KubernetesSiteScope;
  readonly zone: OnPremZonePlan;
  readonly tier: TierPlan;
  readonly haproxy: HaproxyPlan;
}
