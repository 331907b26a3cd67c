import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { assumedBy, keep, logRetentionDays, policyDocument, type TaggedSite, tagsOf } from '../../core/aws';

/** Who tried to reach whom in a VPC, let through or not: a log group of its own and the role that may write to it and to nothing else. */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, vpcId: string, keyArn: string, tagged: TaggedSite, permissionsBoundary?: string) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    // Unnamed, so that one that was kept is in nobody's way.
    const group = keep(
      new CfnLogGroup(this, 'Group', {
        retentionInDays: logRetentionDays,
        kmsKeyId: keyArn,
        tags: tagsOf(tagged, { name: 'flow-log' }),
      }),
    );
    const role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: assumedBy('vpc-flow-logs.amazonaws.com', account),
      ...(permissionsBoundary && { permissionsBoundary: `arn:${partition}:iam::${account}:policy/${permissionsBoundary}` }),
      policies: [
        {
          policyName: 'write',
          policyDocument: policyDocument([
            {
              Sid: 'Write',
              Action: ['logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
              Resource: [group.attrArn],
            },
          ]),
        },
      ],
      tags: tagsOf(tagged, { name: 'flow-log' }),
    });
    new CfnFlowLog(this, 'Log', {
      resourceType: 'VPC',
      resourceId: vpcId,
      trafficType: 'ALL',
      maxAggregationInterval: 60,
      logDestinationType: 'cloud-watch-logs',
      // By name: the ARN that the group gives ends in :*, which a destination must not.
      logGroupName: group.ref,
      deliverLogsPermissionArn: role.attrArn,
      tags: tagsOf(tagged, { name: 'flow-log' }),
    });
  }
}
