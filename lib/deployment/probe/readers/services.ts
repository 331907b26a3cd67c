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
import { collect, type LiveResource, Parts, pick, policyDocument, type Reader, userTags, withDetails } from './reader';

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
      const parts = new Parts();
      const answer = await parts.of('Tags', client.send(new ListLogTagsCommand({ resourceArn })));
      const Tags = answer?.tags && userTags(Object.entries(answer.tags).map(([Key, Value]) => ({ Key, Value })));
      return {
        // In CloudFormation, the ARN of a log group ends with :*.
        attributes: { Arn: `${resourceArn}:*` },
        unread: parts.unread,
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
  const parts = new Parts();
  const [rotation, policy, tagged] = await Promise.all([
    parts.of('EnableKeyRotation', client.send(new GetKeyRotationStatusCommand({ KeyId }))),
    parts.of('KeyPolicy', client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }))),
    parts.of('Tags', client.send(new ListResourceTagsCommand({ KeyId }))),
  ]);
  const Tags = userTags(tagged?.Tags?.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
  return {
    attributes: { Arn: KeyMetadata?.Arn ?? '' },
    unread: parts.unread,
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
        const parts = new Parts();
        const tagged = await parts.of('Tags', client.send(new ListAlarmTagsCommand({ ResourceARN: AlarmArn })));
        const { AlarmActions = [], InsufficientDataActions = [], OKActions = [] } = alarm;
        const actions = { AlarmActions, InsufficientDataActions, OKActions };
        const properties = { ...alarm, ...actions, Tags: userTags(tagged?.Tags) };
        return { attributes: { Arn: AlarmArn }, properties, unread: parts.unread };
      },
    );
  },
};

/** Readers of VPC endpoints, flow logs, log groups, keys and alarms. */
export const serviceReaders: readonly Reader[] = [endpoints, flowLogs, logGroups, keys, alarms];
