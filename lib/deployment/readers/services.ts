import { ListTagsForResourceCommand as ListAlarmTagsCommand, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { ListTagsForResourceCommand as ListLogTagsCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { paginateDescribeFlowLogs, paginateDescribeVpcEndpoints } from '@aws-sdk/client-ec2';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListResourceTagsCommand,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { all, document, pick, type Reader, tags } from './reader';

const endpoints: Reader = {
  type: 'AWS::EC2::VPCEndpoint',
  async live({ ec2: client }) {
    const found = await all(paginateDescribeVpcEndpoints({ client }, {}), (page) => page.VpcEndpoints);
    return found.map((endpoint) => ({
      id: endpoint.VpcEndpointId ?? '',
      within: endpoint.VpcId,
      properties: {
        ...pick(endpoint, 'VpcId', 'ServiceName', 'VpcEndpointType', 'SubnetIds', 'RouteTableIds'),
        PrivateDnsEnabled: endpoint.PrivateDnsEnabled ?? false,
        SecurityGroupIds: endpoint.Groups?.map(({ GroupId }) => GroupId),
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
  async live({ logs: client }) {
    const found = await all(paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups);
    return Promise.all(
      found.map(async ({ logGroupName = '', arn = '', retentionInDays, kmsKeyId }) => {
        const resourceArn = arn.replace(/:\*$/, '');
        const answer = await client.send(new ListLogTagsCommand({ resourceArn })).catch(() => undefined);
        const Tags = answer?.tags && tags(Object.entries(answer.tags).map(([Key, Value]) => ({ Key, Value })));
        return {
          id: logGroupName,
          // CloudFormation answers the name that covers all streams.
          attributes: { Arn: `${resourceArn}:*` },
          properties: { LogGroupName: logGroupName, RetentionInDays: retentionInDays ?? null, KmsKeyId: kmsKeyId ?? null, Tags },
        };
      }),
    );
  },
};

const keys: Reader = {
  type: 'AWS::KMS::Key',
  async live({ keys: client }) {
    const found = await all(paginateListKeys({ client }, {}), (page) => page.Keys);
    const live = await Promise.all(found.map(({ KeyId = '' }) => liveKey(client, KeyId)));
    return live.flat();
  },
};

/** Keys that the cloud itself manages, and those on their way out, are none of a template's. */
async function liveKey(client: KMSClient, KeyId: string) {
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
  if (KeyMetadata?.KeyManager !== 'CUSTOMER' || KeyMetadata.KeyState === 'PendingDeletion') return [];
  const [rotation, policy, tagged] = await Promise.all([
    client.send(new GetKeyRotationStatusCommand({ KeyId })).catch(() => undefined),
    client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })).catch(() => undefined),
    client.send(new ListResourceTagsCommand({ KeyId })).catch(() => undefined),
  ]);
  const { Description, Enabled, Arn = '' } = KeyMetadata;
  const Tags = tags(tagged?.Tags?.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
  const properties = { Description, Enabled, EnableKeyRotation: rotation?.KeyRotationEnabled, KeyPolicy: document(policy?.Policy), Tags };
  return [{ id: KeyId, attributes: { Arn }, properties }];
}

const alarms: Reader = {
  type: 'AWS::CloudWatch::Alarm',
  async live({ alarms: client }) {
    const found = await all(paginateDescribeAlarms({ client }, {}), (page) => page.MetricAlarms);
    return Promise.all(
      found.map(async ({ AlarmName = '', AlarmArn = '', ...alarm }) => {
        const tagged = await client.send(new ListAlarmTagsCommand({ ResourceARN: AlarmArn })).catch(() => undefined);
        return { id: AlarmName, attributes: { Arn: AlarmArn }, properties: { AlarmName, ...alarm, Tags: tags(tagged?.Tags) } };
      }),
    );
  },
};

/** Readers of what watches a site's traffic, keeps its logs and leads to the cloud's own services. */
export const serviceReaders: readonly Reader[] = [endpoints, flowLogs, logGroups, keys, alarms];
