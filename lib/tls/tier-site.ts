import type { EndpointPlan } from '../zones/plan-schema';
import type { CalibrationSpec } from './calibration';

/** What this domain needs to know of the site of a tier. */
export interface TierSite {
  readonly id: string;
  readonly kind: 'on-prem' | 'cloud';
  /** How many things fail independently: failure domains of a cluster, availability zones of a VPC. */
  readonly failureDomains: number;
  /** On-prem: acceleration hardware on offer. */
  readonly hardware?: {
    readonly generation: 'qat-gen2' | 'qat-gen4';
    readonly nodesPerFailureDomain: number;
    readonly devicesPerNode: number;
    readonly nodeLabel: string;
  };
  /** In the cloud: instance types on offer. */
  readonly instanceTypes?: { readonly software: readonly string[]; readonly hardware?: readonly string[] };
  /** Costs measured there, in place of the defaults. */
  readonly calibration?: CalibrationSpec;
}

/** The endpoints whose TLS the tier ends: all but those of a balancer's own listener. */
export function tierEndpoints({ endpoints }: { readonly endpoints: readonly EndpointPlan[] }): EndpointPlan[] {
  return endpoints.filter(({ managedCertificate }) => managedCertificate === undefined);
}
