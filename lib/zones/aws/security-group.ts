import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { type TaggedSite, type TagValues, tagsOf } from '../../core/aws';

/**
 * Inline outbound rule that matches no traffic: an ICMP type that does not exist, to the broadcast address.
 *
 * EC2 adds a rule that allows all outbound traffic to a group without an inline outbound rule, and separate rules do not remove it.
 */
const nothing = {
  cidrIp: '255.255.255.255/32',
  ipProtocol: 'icmp',
  fromPort: 252,
  toPort: 86,
  description: 'Lets nothing out: rules of their own do',
};

/** A security group that denies all traffic until separate rules allow some. */
export function closedSecurityGroup(
  scope: Construct,
  id: string,
  vpcId: string,
  tagged: TaggedSite,
  tagValues: TagValues,
  purpose: string,
): CfnSecurityGroup {
  return new CfnSecurityGroup(scope, id, {
    vpcId,
    groupDescription: purpose,
    securityGroupEgress: [nothing],
    tags: tagsOf(tagged, tagValues),
  });
}
