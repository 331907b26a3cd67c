import { CfnNetworkAcl, CfnNetworkAclEntry, CfnSubnetNetworkAclAssociation } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { tagsOf } from '../../core/aws';
import type { CloudSiteScope } from '../../core/scope/cloud';
import type { NetworkAclPlan } from '../plan-schema';
import { rawRef, rawResource } from './raw-resource';
import type { CloudZone } from './zone';

/** IANA protocol numbers. */
const protocolNumbers = { TCP: 6, UDP: 17 } as const;

/** Network ACL of the zones of one trust level in a bucket, with its entries and subnet associations. */
export class ZoneNetworkAcl extends Construct {
  private readonly aclId: string;

  constructor(scope: Construct, plan: NetworkAclPlan, zones: ReadonlyMap<string, CloudZone>, site: CloudSiteScope) {
    super(scope, plan.trustLevel);
    const tags = tagsOf(site, { name: `${plan.trustLevel}-${plan.bucket}`, role: plan.trustLevel });
    this.aclId = rawRef(new CfnNetworkAcl(this, 'Acl', { vpcId: site.vpcId, tags }));
    for (const entry of plan.ingress) this.allow('in', entry);
    for (const entry of plan.egress) this.allow('out', entry);
    for (const zone of plan.zones) this.surround(zone, zones.get(zone));
  }

  private allow(direction: 'in' | 'out', { ruleNumber, cidr, protocol, fromPort, toPort }: NetworkAclPlan['ingress'][number]): void {
    rawResource(this, `${direction}-${ruleNumber}`, CfnNetworkAclEntry, {
      networkAclId: this.aclId,
      ruleNumber,
      ruleAction: 'allow',
      egress: direction === 'out',
      protocol: protocolNumbers[protocol],
      cidrBlock: cidr,
      portRange: { from: fromPort, to: toPort },
    });
  }

  private surround(zone: string, made: CloudZone | undefined): void {
    for (const { role, availabilityZone, subnetId } of made?.subnets ?? []) {
      const association = { networkAclId: this.aclId, subnetId };
      rawResource(this, `${zone}-${role}-${availabilityZone}`, CfnSubnetNetworkAclAssociation, association);
    }
  }
}
