import type { ExternalSpec, LinkSpec, ZoneSpec } from './spec';

/** What this domain needs to know of a site in the cloud. */
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

/** What this domain needs to know of a site on-prem. */
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

/** The part of an estate that says who is where and who may reach whom. */
export interface Segmentation {
  readonly zones: Readonly<Record<string, ZoneSpec>>;
  readonly externals: Readonly<Record<string, ExternalSpec>>;
  readonly links: Readonly<Record<string, LinkSpec>>;
  readonly sites: Readonly<Record<string, SiteNetwork>>;
}

/** The link that joins two sites, the first by id where there are several. */
export function linkBetween(links: Segmentation['links'], one: string, other: string): string | undefined {
  return Object.keys(links)
    .sort()
    .find((id) => {
      const between = links[id]?.between;
      return between?.includes(one) && between.includes(other);
    });
}
