import { CfnDirectConnectGatewayAssociation } from 'aws-cdk-lib/aws-directconnect';
import { CfnRoute, CfnTransitGatewayAttachment, CfnVPCGatewayAttachment } from 'aws-cdk-lib/aws-ec2';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type TaggedSite, tagsOf } from '../../core/aws';
import type { ExternalPlan, LinkPlan } from '../plan-schema';
import { announcedTo } from '../walls/cloud-segments';
import type { CloudSiteNetwork } from './network';
import type { Vpc } from './vpc';

/** The way out of the VPC for one block. */
interface Way {
  readonly gateway: string;
  readonly kind: 'transit' | 'virtual-private';
}

/** The gateway of a link's end at a site: a Direct Connect link ends on a transit or a virtual private gateway too. */
function wayOf(siteId: string, link: LinkPlan): Way | undefined {
  const transit = link.transitGateway[siteId];
  if (transit !== undefined) return { gateway: transit, kind: 'transit' };
  const virtual = link.virtualPrivateGateway[siteId];
  return virtual === undefined ? undefined : { gateway: virtual, kind: 'virtual-private' };
}

function waysByBlock(site: CloudSiteNetwork, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): Map<string, Way> {
  const ways = new Map<string, Way>();
  if (site.transitGateway !== undefined) {
    const way: Way = { gateway: site.transitGateway, kind: 'transit' };
    for (const { cidrs } of externals.filter(({ sites }) => sites.includes(site.id))) for (const cidr of cidrs) ways.set(cidr, way);
  }
  for (const link of links) {
    const way = wayOf(site.id, link);
    if (way) for (const cidr of announcedTo(site.id, link)) ways.set(cidr, way);
  }
  return ways;
}

/** What joins a site's VPC to other places: one attachment a gateway, and a route for every block behind it. */
export class Attachments extends Construct {
  private readonly byGateway = new Map<string, CfnResource>();

  constructor(
    scope: Construct,
    id: string,
    private readonly vpc: Vpc,
    private readonly tagged: TaggedSite,
  ) {
    super(scope, id);
  }

  /** Attaches what the site's links and externals need, and routes their blocks. */
  connect(site: CloudSiteNetwork, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): void {
    const here = links.filter(({ sites }) => sites.includes(site.id));
    for (const [block, way] of waysByBlock(site, here, externals)) this.route(block, way);
    for (const link of here) this.associateDirectConnect(site.id, link);
  }

  private attachment({ gateway, kind }: Way): CfnResource {
    const known = this.byGateway.get(gateway);
    if (known) return known;
    const made =
      kind === 'transit'
        ? new CfnTransitGatewayAttachment(this, gateway, {
            vpcId: this.vpc.vpcId,
            transitGatewayId: gateway,
            subnetIds: [...this.vpc.endpointSubnetIds],
            tags: tagsOf(this.tagged, { name: gateway }),
          })
        : new CfnVPCGatewayAttachment(this, gateway, { vpcId: this.vpc.vpcId, vpnGatewayId: gateway });
    this.byGateway.set(gateway, made);
    return made;
  }

  private route(block: string, way: Way): void {
    const route = new CfnRoute(this, `Route-${block.replace('/', '-')}`, {
      routeTableId: this.vpc.routeTableId,
      destinationCidrBlock: block,
      ...(way.kind === 'transit' ? { transitGatewayId: way.gateway } : { gatewayId: way.gateway }),
    });
    route.addResourceDependency(this.attachment(way));
  }

  private associateDirectConnect(siteId: string, link: LinkPlan): void {
    const way = wayOf(siteId, link);
    if (link.directConnectGateway === undefined || !way) return;
    const association = new CfnDirectConnectGatewayAssociation(this, `DirectConnect-${link.id}`, {
      directConnectGatewayId: link.directConnectGateway,
      associatedGatewayId: way.gateway,
      allowedPrefixesToDirectConnectGateway: link.prefixes[siteId] ?? [],
    });
    association.addResourceDependency(this.attachment(way));
  }
}
