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
import type { CloudSite } from '../../artifacts/site';

/** Requests that one service answers at once; all others wait for their turn. */
const maxSockets = 16;

/** Milliseconds until a connection must stand; those in which a request waits for its turn count as well. */
const connectionTimeout = 30_000;

/** How long a service is waited for. */
interface Patience {
  /** Milliseconds that a service may be silent in the middle of a request. */
  readonly socketTimeoutMilliseconds?: number;
  /** How often a request is made that was throttled, or not answered. */
  readonly maxAttempts?: number;
}

/** Clients of the services' APIs in a site's region, with the usual credentials; the ones used most are made at once. */
export function clientsOf({ region }: Pick<CloudSite, 'region'>, { socketTimeoutMilliseconds = 10_000, maxAttempts = 8 }: Patience = {}) {
  // Requests are made again ever further apart.
  const retries = { maxAttempts, retryMode: 'adaptive' };
  // The SDK's time for a whole request would count its turn: silence is what tells a dead service from a busy one.
  const timeouts = { connectionTimeout, socketTimeout: socketTimeoutMilliseconds };
  // Many that wait are as it should be: the SDK need not warn of them.
  const requestHandler = { httpAgent: { maxSockets }, httpsAgent: { maxSockets }, socketAcquisitionWarningTimeout: 600_000, ...timeouts };
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
