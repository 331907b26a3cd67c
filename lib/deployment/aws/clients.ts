import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DirectConnectClient } from '@aws-sdk/client-direct-connect';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { CloudSite } from '../../artifacts/site';

/** Maximum number of concurrent connections per service; other requests queue. */
const maxSockets = 16;

/** Milliseconds to establish a connection, including the time a request spends in the queue. */
const connectionTimeout = 30_000;

/** Timeouts and retries of a client. */
interface Patience {
  /**
   * Milliseconds without data after which a request fails.
   *
   * @default 10_000
   */
  readonly socketTimeoutMilliseconds?: number;
  /**
   * Maximum number of attempts of a request that is throttled or not answered.
   *
   * @default 8
   */
  readonly maxAttempts?: number;
}

/** SDK clients for the region of a site, with the default credentials. */
export function clientsOf({ region }: Pick<CloudSite, 'region'>, { socketTimeoutMilliseconds = 10_000, maxAttempts = 8 }: Patience = {}) {
  // Adaptive retries also slow down the following requests.
  const retries = { maxAttempts, retryMode: 'adaptive' };
  // The SDK's request timeout would include the time in the queue, so only socket inactivity is limited.
  const timeouts = { connectionTimeout, socketTimeout: socketTimeoutMilliseconds };
  // Long queues are expected here, so the SDK's warning is postponed.
  const requestHandler = { httpAgent: { maxSockets }, httpsAgent: { maxSockets }, socketAcquisitionWarningTimeout: 600_000, ...timeouts };
  const configuration = { region, ...retries, requestHandler };
  return {
    cloudFormation: new CloudFormationClient(configuration),
    ec2: new EC2Client(configuration),
    directConnect: new DirectConnectClient(configuration),
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

/** SDK clients of one site. */
export type CloudClients = ReturnType<typeof clientsOf>;
