import type { CloudSegments } from '../walls/cloud-segments';

/** Properties of a cloud site's plan that its network resources are created from. */
export interface CloudSiteNetwork extends CloudSegments {
  readonly account: string;
  readonly region: string;
  readonly availabilityZones: readonly string[];
  readonly vpc?: { readonly id: string; readonly endpointSecurityGroup: string };
  readonly transitGateway?: string;
  readonly endpointSubnets: readonly { readonly availabilityZone: string; readonly cidr: string }[];
  readonly imageRepository: string;
  readonly permissionsBoundary?: string;
  readonly tags: Readonly<Record<string, string>>;
}
