import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { type Marks, type TaggedSite, tagsOf } from '../../core/aws';

/**
 * The one inline rule of every group: to an address that nobody has, by a message type that does not exist.
 *
 * A group created without an inline outbound rule gets AWS's own, which allows everything; rules added beside it later do not take that away.
 */
const nothing = {
  cidrIp: '255.255.255.255/32',
  ipProtocol: 'icmp',
  fromPort: 252,
  toPort: 86,
  description: 'Lets nothing out: rules of their own do',
};

/** A security group that lets nothing in and nothing out until rules of their own say otherwise. */
export function closedSecurityGroup(
  scope: Construct,
  id: string,
  vpcId: string,
  tagged: TaggedSite,
  marks: Marks,
  purpose: string,
): CfnSecurityGroup {
  return new CfnSecurityGroup(scope, id, {
    vpcId,
    groupDescription: purpose,
    securityGroupEgress: [nothing],
    tags: tagsOf(tagged, marks),
  });
}
