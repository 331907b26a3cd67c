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
  readonly platformFlows: Readonly<Record<string, { readonly namespace?: string }>>;
}

export type SiteNetwork = CloudNetwork | OnPremNetwork;

/** Zones, externals, links and site networks of an estate: the input of segmentation. */
export interface Segmentation {
  readonly zones: Readonly<Record<string, ZoneSpec>>;
  readonly externals: Readonly<Record<string, ExternalSpec>>;
  readonly links: Readonly<Record<string, LinkSpec>>;
  readonly sites: Readonly<Record<string, SiteNetwork>>;
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
