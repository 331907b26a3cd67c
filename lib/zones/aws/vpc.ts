import { CfnRouteTable, CfnSubnet, CfnSubnetRouteTableAssociation, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { type TaggedSite, tagsOf } from '../../core/aws';
import type { CloudSiteNetwork } from './network';

/**
 * VPC of a site, with a route table without a route to the internet and the subnets of interface endpoints and attachments.
 *
 * CloudFormation cannot remove the rules of the VPC's default security group. They have no effect, because no network interface uses it.
 */
export class Vpc extends Construct {
  readonly vpcId: string;
  readonly routeTableId: string;
  /** Sorted by availability zone. */
  readonly endpointSubnetIds: readonly string[];

  constructor(scope: Construct, id: string, site: CloudSiteNetwork, tagged: TaggedSite) {
    super(scope, id);
    const vpc = new CfnVPC(this, 'Network', {
      cidrBlock: site.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: tagsOf(tagged, { name: 'vpc' }),
    });
    this.vpcId = vpc.ref;
    const routes = new CfnRouteTable(this, 'RouteTable', { vpcId: this.vpcId, tags: tagsOf(tagged, { name: 'routes' }) });
    this.routeTableId = routes.ref;
    this.endpointSubnetIds = site.endpointSubnets.map(({ availabilityZone, cidr }) => {
      const subnet = new CfnSubnet(this, `Endpoints-${availabilityZone}`, {
        vpcId: this.vpcId,
        availabilityZone,
        cidrBlock: cidr,
        mapPublicIpOnLaunch: false,
        tags: tagsOf(tagged, { name: `endpoints-${availabilityZone}`, role: 'endpoints' }),
      });
      new CfnSubnetRouteTableAssociation(this, `EndpointsRoutes-${availabilityZone}`, {
        subnetId: subnet.ref,
        routeTableId: this.routeTableId,
      });
      return subnet.ref;
    });
  }
}
