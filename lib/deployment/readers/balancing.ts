import {
  DescribeListenerAttributesCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { all, pick, type Reader, tags } from './reader';

type Client = ElasticLoadBalancingV2Client;

function allBalancers(client: Client): Promise<LoadBalancer[]> {
  return all(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers);
}

async function tagsOf(client: Client, arn: string) {
  const { TagDescriptions } = await client.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return tags(TagDescriptions?.[0]?.Tags);
}

const balancers: Reader = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  async live({ balancing: client }) {
    return Promise.all(
      (await allBalancers(client)).map(async (balancer) => {
        const { LoadBalancerArn: id = '', LoadBalancerName: Name, VpcId } = balancer;
        const [{ Attributes }, Tags] = await Promise.all([
          client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: id })),
          tagsOf(client, id),
        ]);
        const stated = pick(balancer, 'Type', 'Scheme', 'IpAddressType', 'SecurityGroups');
        const enforced = pick(balancer, 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic');
        const Subnets = balancer.AvailabilityZones?.map(({ SubnetId }) => SubnetId);
        return { id, within: VpcId, properties: { ...stated, ...enforced, Name, Subnets, LoadBalancerAttributes: Attributes, Tags } };
      }),
    );
  },
};

const listeners: Reader = {
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  async live({ balancing: client }) {
    const found = await Promise.all(
      (await allBalancers(client)).map(({ LoadBalancerArn }) =>
        all(paginateDescribeListeners({ client }, { LoadBalancerArn }), (page) => page.Listeners),
      ),
    );
    return Promise.all(found.flat().map((listener) => liveListener(client, listener)));
  },
};

async function liveListener(client: Client, listener: Listener) {
  const { ListenerArn: id = '', LoadBalancerArn, SslPolicy, Certificates } = listener;
  const [attributes, Tags] = await Promise.all([
    client.send(new DescribeListenerAttributesCommand({ ListenerArn: id })).catch(() => undefined),
    tagsOf(client, id),
  ]);
  return {
    id,
    within: LoadBalancerArn,
    properties: {
      ...pick(listener, 'LoadBalancerArn', 'Port', 'Protocol', 'AlpnPolicy', 'DefaultActions', 'MutualAuthentication'),
      // A listener that ends no TLS has none of them.
      SslPolicy: SslPolicy || null,
      Certificates: Certificates?.map(({ CertificateArn }) => ({ CertificateArn })) ?? null,
      ListenerAttributes: attributes?.Attributes,
      Tags,
    },
  };
}

const targetGroups: Reader = {
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  async live({ balancing: client }) {
    const found = await all(paginateDescribeTargetGroups({ client }, {}), (page) => page.TargetGroups);
    return Promise.all(
      found.map(async ({ TargetGroupArn: id = '', TargetGroupName: Name, LoadBalancerArns: _balancers, ...group }) => {
        const [{ Attributes }, health, Tags] = await Promise.all([
          client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: id })),
          client.send(new DescribeTargetHealthCommand({ TargetGroupArn: id })),
          tagsOf(client, id),
        ]);
        const Targets = health.TargetHealthDescriptions?.map(({ Target }) => Target);
        return { id, within: group.VpcId, properties: { ...group, Name, Targets, TargetGroupAttributes: Attributes, Tags } };
      }),
    );
  },
};

/** Readers of balancers, what they listen to and whom they send it. */
export const balancingReaders: readonly Reader[] = [balancers, listeners, targetGroups];
