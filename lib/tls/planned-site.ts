import type { CloudZonePlan, OnPremZonePlan } from '../zones/plan-schema';
import type { ManagedListenerPlan, TierPlan } from './plan-schema';

/** A planned site on-prem, as far as this domain reads it. */
export interface PlannedOnPremSite {
  readonly kind: 'on-prem';
  readonly id: string;
  readonly imageRepository: string;
  readonly hardware?: { readonly nodeLabel: string };
  readonly loadBalancer?: 'metallb' | 'draining';
  readonly zones: readonly OnPremZonePlan[];
  readonly tiers: readonly TierPlan[];
}

/** A planned cloud site, as far as this domain reads it. */
export interface PlannedCloudSite {
  readonly kind: 'cloud';
  readonly id: string;
  readonly imageRepository: string;
  readonly machineImageParameter: string;
  readonly zones: readonly CloudZonePlan[];
  readonly tiers: readonly TierPlan[];
  readonly managedListeners: readonly ManagedListenerPlan[];
}

export type PlannedSite = PlannedOnPremSite | PlannedCloudSite;
