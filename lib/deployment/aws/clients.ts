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

/** Milliseconds for a whole exchange, including the time in the queue, so that a response that arrives byte by byte ends, too. */
const exchangeMilliseconds = 300_000;

/** Timeouts and retries of a client. */
interface Patience {
  /**
   * Ends all requests.
   *
   * @default - requests end by themselves
   */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds for a whole exchange, from the queue to the last byte of the response.
   *
   * @default 300_000
   */
  readonly exchangeTimeoutMilliseconds?: number;
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
export function clientsOf({ region }: Pick<CloudSite, 'region'>, patience: Patience = {}) {
  const { socketTimeoutMilliseconds = 10_000, maxAttempts = 8, exchangeTimeoutMilliseconds = exchangeMilliseconds, signal } = patience;
  // Adaptive retries also slow down the following requests.
  const retries = { maxAttempts, retryMode: 'adaptive' };
  // The SDK's request timeout would include the time in the queue, so only socket inactivity is limited.
  const timeouts = { connectionTimeout, socketTimeout: socketTimeoutMilliseconds };
  // Long queues are expected here, so the SDK's warning is postponed.
  const requestHandler = { httpAgent: { maxSockets }, httpsAgent: { maxSockets }, socketAcquisitionWarningTimeout: 600_000, ...timeouts };
  const configuration = { region, ...retries, requestHandler };
  const clients = {
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
  for (const { config } of Object.values(clients)) limitExchanges(config, exchangeTimeoutMilliseconds, signal);
  return clients;
}

type Handle = (request: never, options?: { readonly abortSignal?: unknown }) => unknown;

/** Adds a deadline and a signal to every request, beside the signal that its caller may pass. */
function limitExchanges(config: { readonly requestHandler: { handle: Handle } }, milliseconds: number, signal?: AbortSignal): void {
  const { requestHandler } = config;
  const handle: Handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options = {}) => {
    const own = options.abortSignal instanceof AbortSignal ? [options.abortSignal] : [];
    const signals = [AbortSignal.timeout(milliseconds), ...own, ...(signal ? [signal] : [])];
    return handle(request, { ...options, abortSignal: AbortSignal.any(signals) });
  };
}

/** SDK clients of one site. */
export type CloudClients = ReturnType<typeof clientsOf>;
