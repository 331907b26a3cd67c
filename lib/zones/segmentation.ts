import type { ExternalSpec, LinkSpec, ZoneSpec } from './spec';

/** Network properties of a cloud site. */
export interface CloudNetwork {
  readonly kind: 'cloud';
  readonly account: string;
  readonly region: string;
  readonly cidr: string;
  readonly zonePrefix: number;
  readonly availabilityZones: readonly string[];
  readonly vpc?: { readonly id: string };
  readonly transitGateway?: string;
  readonly s3: { readonly cidrs: readonly string[] };
}

/** Network properties of an on-prem site. */
export interface OnPremNetwork {
  readonly kind: 'on-prem';
  readonly podCidr: string;
  readonly nodeCidr: string;
  readonly serviceCidr: string;
  readonly loadBalancerCidr: string;
  readonly loadBalancerPrefix: number;
  readonly egressCidr?: string;
  readonly egressPrefix: number;
}

export type SiteNetwork = CloudNetwork | OnPremNetwork;

/** Attributes of an on-prem site with blocks of pods and Services, which are not visible outside the cluster. */
export const clusterBlocks = ['podCidr', 'serviceCidr'] as const;

/** A platform flow of a site, as far as its peer is concerned. */
export interface PlatformPeer {
  readonly direction: 'egress' | 'ingress';
  readonly namespace?: string;
  readonly cidrs?: readonly string[];
}

/** A site as declared, before its zones are planned. */
export type DeclaredSite = SiteNetwork & { readonly platformFlows: Readonly<Record<string, PlatformPeer>> };

/** Zones, externals, links and site networks of an estate: the input of segmentation. */
export interface Segmentation {
  readonly zones: Readonly<Record<string, ZoneSpec>>;
  readonly externals: Readonly<Record<string, ExternalSpec>>;
  readonly links: Readonly<Record<string, LinkSpec>>;
  readonly sites: Readonly<Record<string, DeclaredSite>>;
}

/** Id of the link between two sites, the first by id if there is more than one; undefined if no link joins them. */
export function linkBetween(links: Segmentation['links'], one: string, other: string): string | undefined {
  return Object.keys(links)
    .sort()
    .find((id) => {
      const between = links[id]?.between;
      return between?.includes(one) && between.includes(other);
    });
}
