import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { CloudSite } from '../site';

/** Requests that one service answers at once; all others wait for their turn. */
const maxSockets = 16;

/** Clients of the services' APIs in a site's region, with the usual credentials; the ones used most are made at once. */
export function clientsOf({ region }: Pick<CloudSite, 'region'>) {
  // Throttled requests are made again, ever further apart.
  const retries = { maxAttempts: 8, retryMode: 'adaptive' };
  // Many that wait are as it should be: the SDK need not warn of them.
  const requestHandler = { httpAgent: { maxSockets }, httpsAgent: { maxSockets }, socketAcquisitionWarningTimeout: 600_000 };
  const configuration = { region, ...retries, requestHandler };
  return {
    cloudFormation: new CloudFormationClient(configuration),
    ec2: new EC2Client(configuration),
    balancing: new ElasticLoadBalancingV2Client(configuration),
    scaling: new AutoScalingClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
    alarms: new CloudWatchClient(configuration),
    identities: new IAMClient(configuration),
    keys: new KMSClient(configuration),
    parameters: new SSMClient(configuration),
    caller: new STSClient(configuration),
  };
}

/** Clients of one site. */
export type CloudClients = ReturnType<typeof clientsOf>;
