import { DescribeTagsCommand, type LoadBalancer, paginateDescribeLoadBalancers } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CloudSite } from '../../artifacts/site';
import type { CloudClients } from '../aws/clients';
import { isGone } from './readers/reader';

/** Returns the DNS names of the load balancers of a site, keyed by zone. */
export async function balancerNames({ id }: CloudSite, { balancing: client }: CloudClients): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const page of paginateDescribeLoadBalancers({ client }, {})) {
    for (const balancer of page.LoadBalancers ?? []) {
      const tags = await tagsOf(client, balancer);
      const zone = tags.get('diptych:zone');
      if (tags.get('diptych:site') === id && zone !== undefined && balancer.DNSName !== undefined) found.set(zone, balancer.DNSName);
    }
  }
  return found;
}

/** Returns the tags of a load balancer; empty if it was deleted after it was listed. */
async function tagsOf(
  client: CloudClients['balancing'],
  { LoadBalancerArn = '' }: LoadBalancer,
): Promise<Map<string | undefined, string | undefined>> {
  try {
    const { TagDescriptions } = await client.send(new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] }));
    return new Map(TagDescriptions?.[0]?.Tags?.map(({ Key, Value }) => [Key, Value]));
  } catch (error) {
    if (isGone(error)) return new Map();
    throw error;
  }
}
