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
import { all, detailed, document, type LiveResource, pick, type Reader, tags } from './reader';

const endpoints: Reader = {
  type: 'AWS::EC2::VPCEndpoint',
  unstated: { PrivateDnsEnabled: false, RouteTableIds: [], SecurityGroupIds: [], SubnetIds: [] },
  async live({ ec2: client }) {
    const found = await all(paginateDescribeVpcEndpoints({ client }, {}), (page) => page.VpcEndpoints);
    return found.map((endpoint) => ({
      id: endpoint.VpcEndpointId ?? '',
      within: endpoint.VpcId,
      properties: {
        ...pick(endpoint, 'VpcId', 'ServiceName', 'VpcEndpointType'),
        // Either kind of endpoint has only some of them.
        RouteTableIds: endpoint.RouteTableIds ?? [],
        SubnetIds: endpoint.SubnetIds ?? [],
        PrivateDnsEnabled: endpoint.PrivateDnsEnabled ?? false,
        SecurityGroupIds: (endpoint.Groups ?? []).map(({ GroupId }) => GroupId),
        PolicyDocument: document(endpoint.PolicyDocument),
        Tags: tags(endpoint.Tags),
      },
    }));
  },
};

const flowLogs: Reader = {
  type: 'AWS::EC2::FlowLog',
  async live({ ec2: client }) {
    const found = await all(paginateDescribeFlowLogs({ client }, {}), (page) => page.FlowLogs);
    return found.map((log) => ({
      id: log.FlowLogId ?? '',
      within: log.ResourceId,
      properties: {
        ...pick(log, 'ResourceId', 'TrafficType', 'LogDestinationType', 'LogDestination', 'LogGroupName'),
        ...pick(log, 'DeliverLogsPermissionArn', 'MaxAggregationInterval'),
        ResourceType: log.ResourceId?.startsWith('vpc-') ? 'VPC' : undefined,
        Tags: tags(log.Tags),
      },
    }));
  },
};

const logGroups: Reader = {
  type: 'AWS::Logs::LogGroup',
  async live({ logs: client }, made) {
    const found = await all(paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups);
    const listed = ({ logGroupName: id = '' }: (typeof found)[number]) => ({ id });
    return detailed(found, listed, made(this.type), async ({ logGroupName, arn = '', retentionInDays, kmsKeyId }) => {
      const resourceArn = arn.replace(/:\*$/, '');
      const answer = await client.send(new ListLogTagsCommand({ resourceArn })).catch(() => undefined);
      const Tags = answer?.tags && tags(Object.entries(answer.tags).map(([Key, Value]) => ({ Key, Value })));
      return {
        // CloudFormation answers the name that covers all streams.
        attributes: { Arn: `${resourceArn}:*` },
        properties: { LogGroupName: logGroupName, RetentionInDays: retentionInDays ?? null, KmsKeyId: kmsKeyId ?? null, Tags },
      };
    });
  },
};

const keys: Reader = {
  type: 'AWS::KMS::Key',
  unstated: { Enabled: true },
  live({ keys: client }, made) {
    const ours = made(this.type);
    return detailed(
      ours,
      (id) => ({ id }),
      ours,
      (id) => liveKey(client, id),
    );
  },
};

async function liveKey(client: KMSClient, KeyId: string): Promise<Omit<LiveResource, 'id'> | undefined> {
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
  // A key on its way out encrypts nothing any more.
  if (KeyMetadata?.KeyState === 'PendingDeletion') return undefined;
  const [rotation, policy, tagged] = await Promise.all([
    client.send(new GetKeyRotationStatusCommand({ KeyId })).catch(() => undefined),
    client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })).catch(() => undefined),
    client.send(new ListResourceTagsCommand({ KeyId })).catch(() => undefined),
  ]);
  const Tags = tags(tagged?.Tags?.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
  return {
    attributes: { Arn: KeyMetadata?.Arn ?? '' },
    properties: {
      Description: KeyMetadata?.Description,
      Enabled: KeyMetadata?.Enabled,
      EnableKeyRotation: rotation?.KeyRotationEnabled,
      KeyPolicy: document(policy?.Policy),
      Tags,
    },
  };
}

const alarms: Reader = {
  type: 'AWS::CloudWatch::Alarm',
  unstated: { ActionsEnabled: true, AlarmActions: [], InsufficientDataActions: [], OKActions: [] },
  async live({ alarms: client }, made) {
    const found = await all(paginateDescribeAlarms({ client }, {}), (page) => page.MetricAlarms);
    const listed = ({ AlarmName: id = '' }: MetricAlarm) => ({ id });
    return detailed(found, listed, made(this.type), async ({ AlarmArn = '', StateValue: _value, StateReason: _reason, ...alarm }) => {
      const tagged = await client.send(new ListAlarmTagsCommand({ ResourceARN: AlarmArn })).catch(() => undefined);
      const { AlarmActions = [], InsufficientDataActions = [], OKActions = [] } = alarm;
      const actions = { AlarmActions, InsufficientDataActions, OKActions };
      return { attributes: { Arn: AlarmArn }, properties: { ...alarm, ...actions, Tags: tags(tagged?.Tags) } };
    });
  },
};

/** Readers of what watches a site's traffic, keeps its logs and leads to the cloud's own services. */
export const serviceReaders: readonly Reader[] = [endpoints, flowLogs, logGroups, keys, alarms];
