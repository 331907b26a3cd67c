import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { assumedBy, keep, logRetentionDays, policyDocument, type TaggedSite, tagsOf } from '../../core/aws';

/** VPC flow log of accepted and rejected traffic, with its log group and a role that may write to this group only. */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, vpcId: string, keyArn: string, tagged: TaggedSite, permissionsBoundary?: string) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    // Without a name, because a retained log group would conflict with a new one of the same name.
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
      // By name, because the ARN attribute of a log group ends in :*, which is not valid as a destination.
      logGroupName: group.ref,
      deliverLogsPermissionArn: role.attrArn,
      tags: tagsOf(tagged, { name: 'flow-log' }),
    });
  }
}
