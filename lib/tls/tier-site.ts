import type { EndpointPlan } from '../zones/plan-schema';
import type { CalibrationSpec } from './calibration';

/** Sizes of on-prem instances, in cores: powers of two, small enough to share a common node. */
export const onPremCores = [2, 4, 8, 16] as const;

/** The attributes of a site that tiers are planned and sized from. */
export interface TierSite {
  readonly id: string;
  readonly kind: 'on-prem' | 'cloud';
  /** Number of failure domains of the cluster, or of availability zones of the VPC. */
  readonly failureDomains: number;
  /** On-prem only: acceleration hardware of the cluster. */
  readonly hardware?: {
    readonly generation: 'qat-gen2' | 'qat-gen4';
    readonly nodesPerFailureDomain: number;
    readonly devicesPerNode: number;
    readonly nodeLabel: string;
  };
  /** Cloud only: EC2 instance types to choose from. */
  readonly instanceTypes?: { readonly software: readonly string[]; readonly hardware?: readonly string[] };
  /** Costs measured at the site, which replace the defaults. */
  readonly calibration?: CalibrationSpec;
}

/** A site of the description as this domain reads it. */
export type SiteOfTiers =
  | {
      readonly kind: 'cloud';
      readonly availabilityZones: readonly string[];
      readonly instanceTypes: NonNullable<TierSite['instanceTypes']>;
      readonly calibration?: CalibrationSpec;
    }
  | {
      readonly kind: 'on-prem';
      readonly failureDomains: { readonly names: readonly string[] };
      readonly hardware?: TierSite['hardware'];
      readonly calibration?: CalibrationSpec;
    };

/** A site as the sizing of its tiers sees it. */
export function tierSite(id: string, site: SiteOfTiers): TierSite {
  const { calibration } = site;
  return site.kind === 'cloud'
    ? { id, kind: 'cloud', failureDomains: site.availabilityZones.length, instanceTypes: site.instanceTypes, calibration }
    : { id, kind: 'on-prem', failureDomains: site.failureDomains.names.length, hardware: site.hardware, calibration };
}

/** Security groups of every instance of a tier: that of its role in the zone, and that of the platform. */
export const instanceGroups = ['tier', 'platform'] as const;

/** Lists the endpoints whose TLS the tier terminates: all except managed endpoints, where a load balancer listener does. */
export function tierEndpoints({ endpoints }: { readonly endpoints: readonly EndpointPlan[] }): EndpointPlan[] {
  return endpoints.filter(({ managedCertificate }) => managedCertificate === undefined);
}
