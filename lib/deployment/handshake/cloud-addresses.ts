import { DescribeTagsCommand, paginateDescribeLoadBalancers } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CloudClients } from '../cloud/clients';
import type { CloudSite } from '../site';

/** Names under which the balancers of a site's zones are reached, by zone. */
export async function balancerNames({ id }: CloudSite, { balancing: client }: CloudClients): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const page of paginateDescribeLoadBalancers({ client }, {})) {
    for (const { LoadBalancerArn = '', DNSName } of page.LoadBalancers ?? []) {
      const { TagDescriptions } = await client.send(new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] }));
      const tags = new Map(TagDescriptions?.[0]?.Tags?.map(({ Key, Value }) => [Key, Value]));
      const zone = tags.get('diptych:zone');
      if (tags.get('diptych:site') === id && zone !== undefined && DNSName !== undefined) found.set(zone, DNSName);
    }
  }
  return found;
}
