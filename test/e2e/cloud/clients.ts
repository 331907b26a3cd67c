import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Cloud, CloudPlace } from '../harness/cloud';

/** Clients of the services' own APIs, bound to one emulated cloud. */
export function clientsOf({ endpoint }: Cloud, { account, region }: CloudPlace) {
  // The emulator takes an access key of twelve digits for the account.
  const configuration = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'emulated' } };
  return {
    cloudFormation: new CloudFormationClient(configuration),
    ec2: new EC2Client(configuration),
    balancing: new ElasticLoadBalancingV2Client(configuration),
    scaling: new AutoScalingClient(configuration),
    parameters: new SSMClient(configuration),
  };
}

export type Clients = ReturnType<typeof clientsOf>;
