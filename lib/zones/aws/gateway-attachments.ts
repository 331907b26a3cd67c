import { CfnDirectConnectGatewayAssociation } from 'aws-cdk-lib/aws-directconnect';
import { CfnRoute, CfnTransitGatewayAttachment, CfnVPCGatewayAttachment } from 'aws-cdk-lib/aws-ec2';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type TaggedSite, tagsOf } from '../../core/aws';
import type { ExternalPlan, LinkPlan } from '../plan-schema';
import { announcedTo } from '../walls/cloud-segments';
import type { CloudSiteNetwork } from './network';
import type { Vpc } from './vpc';

/** Gateway that is the target of routes. */
interface RouteTarget {
  readonly gateway: string;
  readonly kind: 'transit' | 'virtual-private';
}

/** Gateway of a link at a site. A Direct Connect link also uses a transit gateway or a virtual private gateway. */
function routeTargetOf(siteId: string, link: LinkPlan): RouteTarget | undefined {
  const transit = link.transitGateway[siteId];
  if (transit !== undefined) return { gateway: transit, kind: 'transit' };
  const virtual = link.virtualPrivateGateway[siteId];
  return virtual === undefined ? undefined : { gateway: virtual, kind: 'virtual-private' };
}

function routeTargets(site: CloudSiteNetwork, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): Map<string, RouteTarget> {
  const targets = new Map<string, RouteTarget>();
  if (site.transitGateway !== undefined) {
    const target: RouteTarget = { gateway: site.transitGateway, kind: 'transit' };
    for (const { cidrs } of externals.filter(({ sites }) => sites.includes(site.id))) for (const cidr of cidrs) targets.set(cidr, target);
  }
  for (const link of links) {
    const target = routeTargetOf(site.id, link);
    if (target) for (const cidr of announcedTo(site.id, link)) targets.set(cidr, target);
  }
  return targets;
}

/** Gateway attachments of a site's VPC, one per gateway, with a route for every block behind the gateway. */
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

  /** Creates the attachments and routes for the site's links and externals. */
  connect(site: CloudSiteNetwork, links: readonly LinkPlan[], externals: readonly ExternalPlan[]): void {
    const here = links.filter(({ sites }) => sites.includes(site.id));
    for (const [block, target] of routeTargets(site, here, externals)) this.route(block, target);
    for (const link of here) this.associateDirectConnect(site.id, link);
  }

  private attachment({ gateway, kind }: RouteTarget): CfnResource {
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

  private route(block: string, target: RouteTarget): void {
    const route = new CfnRoute(this, `Route-${block.replace('/', '-')}`, {
      routeTableId: this.vpc.routeTableId,
      destinationCidrBlock: block,
      ...(target.kind === 'transit' ? { transitGatewayId: target.gateway } : { gatewayId: target.gateway }),
    });
    route.addResourceDependency(this.attachment(target));
  }

  private associateDirectConnect(siteId: string, link: LinkPlan): void {
    const target = routeTargetOf(siteId, link);
    if (link.directConnectGateway === undefined || !target) return;
    const association = new CfnDirectConnectGatewayAssociation(this, `DirectConnect-${link.id}`, {
      directConnectGatewayId: link.directConnectGateway,
      associatedGatewayId: target.gateway,
      allowedPrefixesToDirectConnectGateway: link.prefixes[siteId] ?? [],
    });
    association.addResourceDependency(this.attachment(target));
  }
}
