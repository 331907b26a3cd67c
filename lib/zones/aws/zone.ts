import { CfnSubnet, CfnSubnetRouteTableAssociation } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import { type GroupRole, type SubnetRole, subnetRoles } from '../../core/labels';
import type { CloudSiteScope } from '../../core/scope/cloud';
import type { CloudZonePlan } from '../plan-schema';
import { rawGetAtt, rawRef, rawResource } from './raw-resource';
import { closedSecurityGroup } from './security-group';

const purposes: Readonly<Record<GroupRole, string>> = {
  balancer: 'Network load balancer',
  tier: 'Termination tier',
  workload: 'Workloads',
};

/** One of a zone's subnets. */
export interface ZoneSubnet {
  readonly role: SubnetRole;
  readonly availabilityZone: string;
  readonly subnetId: string;
}

/** Subnets and security groups of a zone at a cloud site. The groups have no rules yet. */
export class CloudZone extends Construct {
  /** Sorted by role, then by availability zone. */
  readonly subnets: readonly ZoneSubnet[];
  readonly groupIds: Readonly<Record<GroupRole, string>>;

  constructor(scope: Construct, zone: CloudZonePlan, site: CloudSiteScope) {
    super(scope, zone.id);
    this.subnets = subnetRoles.flatMap((role) =>
      zone.addresses.subnets.map((place) => ({
        role,
        availabilityZone: place.availabilityZone,
        subnetId: this.subnet(zone.id, role, place, site),
      })),
    );
    const group = (role: GroupRole) =>
      rawGetAtt(
        closedSecurityGroup(
          this,
          role,
          site.vpcId,
          site,
          { name: `${zone.id}-${role}`, zone: zone.id, role },
          `${purposes[role]} of zone ${zone.id}`,
        ),
        'GroupId',
      );
    this.groupIds = { balancer: group('balancer'), tier: group('tier'), workload: group('workload') };
  }

  private subnet(
    zone: string,
    role: ZoneSubnet['role'],
    { availabilityZone, ...place }: CloudZonePlan['addresses']['subnets'][number],
    site: CloudSiteScope,
  ): string {
    const { id: existing, cidr } = place[role];
    if (existing !== undefined) return existing;
    const subnet = new CfnSubnet(this, `${role}-${availabilityZone}`, {
      vpcId: site.vpcId,
      availabilityZone,
      cidrBlock: cidr,
      mapPublicIpOnLaunch: false,
      tags: tagsOf(site, { name: `${zone}-${role}-${availabilityZone}`, zone, role }),
    });
    const subnetId = rawRef(subnet);
    if (site.routeTableId !== undefined) {
      const association = { subnetId, routeTableId: site.routeTableId };
      rawResource(this, `${role}-routes-${availabilityZone}`, CfnSubnetRouteTableAssociation, association);
    }
    return subnetId;
  }
}
