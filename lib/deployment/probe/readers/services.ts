import { ListTagsForResourceCommand as ListAlarmTagsCommand, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { ListTagsForResourceCommand as ListLogTagsCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { paginateDescribeFlowLogs, paginateDescribeVpcEndpoints } from '@aws-sdk/client-ec2';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { collect, type LiveResource, pick, policyDocument, type Reader, userTags, withDetails } from './reader';

const endpoints: Reader = {
  type: 'AWS::EC2::VPCEndpoint',
  defaults: { PrivateDnsEnabled: false, RouteTableIds: [], SecurityGroupIds: [], SubnetIds: [] },
  async live({ ec2: client }) {
    const found = await collect(paginateDescribeVpcEndpoints({ client }, {}), (page) => page.VpcEndpoints);
    return found.map((endpoint) => ({
      id: endpoint.VpcEndpointId ?? '',
      parentId: endpoint.VpcId,
      properties: {
        ...pick(endpoint, 'VpcId', 'ServiceName', 'VpcEndpointType'),
        // Gateway endpoints have route tables, interface endpoints have subnets and groups.
        RouteTableIds: endpoint.RouteTableIds ?? [],
        SubnetIds: endpoint.SubnetIds ?? [],
        PrivateDnsEnabled: endpoint.PrivateDnsEnabled ?? false,
        SecurityGroupIds: (endpoint.Groups ?? []).map(({ GroupId }) => GroupId),
        PolicyDocument: policyDocument(endpoint.PolicyDocument),
        Tags: userTags(endpoint.Tags),
      },
    }));
  },
};

const flowLogs: Reader = {
  type: 'AWS::EC2::FlowLog',
  async live({ ec2: client }) {
    const found = await collect(paginateDescribeFlowLogs({ client }, {}), (page) => page.FlowLogs);
    return found.map((log) => ({
      id: log.FlowLogId ?? '',
      parentId: log.ResourceId,
      properties: {
        ...pick(log, 'ResourceId', 'TrafficType', 'LogDestinationType', 'LogDestination', 'LogGroupName'),
        ...pick(log, 'DeliverLogsPermissionArn', 'MaxAggregationInterval'),
        ResourceType: log.ResourceId?.startsWith('vpc-') ? 'VPC' : undefined,
        Tags: userTags(log.Tags),
      },
    }));
  },
};

const logGroups: Reader = {
  type: 'AWS::Logs::LogGroup',
  async live({ logs: client }, physicalIds) {
    const found = await collect(paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups);
    const listed = ({ logGroupName: id = '' }: (typeof found)[number]) => ({ id });
    return withDetails(found, listed, physicalIds(this.type), async ({ logGroupName, arn = '', retentionInDays, kmsKeyId }) => {
      const resourceArn = arn.replace(/:\*$/, '');
      const answer = await client.send(new ListLogTagsCommand({ resourceArn })).catch(() => undefined);
      const Tags = answer?.tags && userTags(Object.entries(answer.tags).map(([Key, Value]) => ({ Key, Value })));
      return {
        // In CloudFormation, the ARN of a log group ends with :*.
        attributes: { Arn: `${resourceArn}:*` },
        properties: { LogGroupName: logGroupName, RetentionInDays: retentionInDays ?? null, KmsKeyId: kmsKeyId ?? null, Tags },
      };
    });
  },
};

const keys: Reader = {
  type: 'AWS::KMS::Key',
  defaults: { Enabled: true },
  live({ keys: client }, physicalIds) {
    const ours = physicalIds(this.type);
    return withDetails(
      ours,
      (id) => ({ id }),
      ours,
      (id) => liveKey(client, id),
    );
  },
};

async function liveKey(client: KMSClient, KeyId: string): Promise<Omit<LiveResource, 'id'> | undefined> {
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
  // A key that is scheduled for deletion cannot be used any more.
  if (KeyMetadata?.KeyState === 'PendingDeletion') return undefined;
  const [rotation, policy, tagged] = await Promise.all([
    client.send(new GetKeyRotationStatusCommand({ KeyId })).catch(() => undefined),
    client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })).catch(() => undefined),
    client.send(new ListResourceTagsCommand({ KeyId })).catch(() => undefined),
  ]);
  const Tags = userTags(tagged?.Tags?.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
  return {
    attributes: { Arn: KeyMetadata?.Arn ?? '' },
    properties: {
      Description: KeyMetadata?.Description,
      Enabled: KeyMetadata?.Enabled,
      EnableKeyRotation: rotation?.KeyRotationEnabled,
      KeyPolicy: policyDocument(policy?.Policy),
      Tags,
    },
  };
}

const alarms: Reader = {
  type: 'AWS::CloudWatch::Alarm',
  defaults: { ActionsEnabled: true, AlarmActions: [], InsufficientDataActions: [], OKActions: [] },
  async live({ alarms: client }, physicalIds) {
    const found = await collect(paginateDescribeAlarms({ client }, {}), (page) => page.MetricAlarms);
    const listed = ({ AlarmName: id = '' }: MetricAlarm) => ({ id });
    return withDetails(
      found,
      listed,
      physicalIds(this.type),
      async ({ AlarmArn = '', StateValue: _value, StateReason: _reason, ...alarm }) => {
        const tagged = await client.send(new ListAlarmTagsCommand({ ResourceARN: AlarmArn })).catch(() => undefined);
        const { AlarmActions = [], InsufficientDataActions = [], OKActions = [] } = alarm;
        const actions = { AlarmActions, InsufficientDataActions, OKActions };
        return { attributes: { Arn: AlarmArn }, properties: { ...alarm, ...actions, Tags: userTags(tagged?.Tags) } };
      },
    );
  },
};

/** Readers of VPC endpoints, flow logs, log groups, keys and alarms. */
export const serviceReaders: readonly Reader[] = [endpoints, flowLogs, logGroups, keys, alarms];
