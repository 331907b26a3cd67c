import type { CloudZonePlan, OnPremZonePlan, WallsPlan } from '../plan-schema';
import type { CloudSegments } from './cloud-segments';

/** A platform flow of a planned site on-prem, as far as this domain reads it. */
export interface PlannedPlatformFlow {
  readonly id: string;
  readonly direction: 'egress' | 'ingress';
  readonly pods: 'tier' | 'all';
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
  readonly namespace?: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly cidrs?: readonly string[];
}

/** A planned site on-prem, as far as this domain reads it. */
export interface PlannedOnPremSite {
  readonly kind: 'on-prem';
  readonly id: string;
  readonly namespaces: 'create' | 'existing';
  readonly nodeCidr: string;
  readonly platformFlows: readonly PlannedPlatformFlow[];
  readonly zones: readonly OnPremZonePlan[];
}

/** A planned cloud site, as far as this domain reads it. */
export interface PlannedCloudSite extends CloudSegments {
  readonly kind: 'cloud';
  readonly vpc?: { readonly id: string; readonly endpointSecurityGroup: string };
  readonly transitGateway?: string;
  readonly zones: readonly CloudZonePlan[];
  readonly walls?: WallsPlan;
}

export type PlannedSite = PlannedOnPremSite | PlannedCloudSite;
