import {
  DescribeListenerAttributesCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  paginateDescribeListenerCertificates,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { collect, isGone, type LiveResource, Parts, pick, type Reader, userTags, withDetails } from './reader';

type Client = ElasticLoadBalancingV2Client;

async function tagsOf(client: Client, arn: string) {
  const { TagDescriptions } = await client.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return userTags(TagDescriptions?.[0]?.Tags);
}

const balancers: Reader = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  async live({ balancing: client }, physicalIds) {
    const found = await collect(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers);
    const listed = ({ LoadBalancerArn: id = '', VpcId }: (typeof found)[number]) => ({ id, parentId: VpcId });
    return withDetails(found, listed, physicalIds(this.type), async (balancer) => {
      const { LoadBalancerArn = '', LoadBalancerName: Name } = balancer;
      const [{ Attributes }, Tags] = await Promise.all([
        client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
        tagsOf(client, LoadBalancerArn),
      ]);
      const stated = pick(balancer, 'Type', 'Scheme', 'IpAddressType', 'SecurityGroups');
      const enforced = pick(balancer, 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic');
      const Subnets = balancer.AvailabilityZones?.map(({ SubnetId }) => SubnetId);
      return { properties: { ...stated, ...enforced, Name, Subnets, LoadBalancerAttributes: Attributes, Tags } };
    });
  },
};

const listeners: Reader = {
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  defaults: { SslPolicy: null, Certificates: null },
  async live({ balancing: client }, physicalIds) {
    const found = await Promise.all([...physicalIds(balancers.type)].map((balancer) => listenersOf(client, balancer)));
    const listed = ({ ListenerArn: id = '', LoadBalancerArn }: Listener) => ({ id, parentId: LoadBalancerArn });
    return withDetails(found.flat(), listed, physicalIds(this.type), (listener) => liveListener(client, listener));
  },
};

async function listenersOf(client: Client, LoadBalancerArn: string): Promise<Listener[]> {
  try {
    return await collect(paginateDescribeListeners({ client }, { LoadBalancerArn }), (page) => page.Listeners);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

async function liveListener(client: Client, listener: Listener): Promise<Pick<LiveResource, 'properties' | 'unread'>> {
  const { ListenerArn = '', SslPolicy } = listener;
  const parts = new Parts();
  const [attributes, Certificates, Tags] = await Promise.all([
    parts.of('ListenerAttributes', client.send(new DescribeListenerAttributesCommand({ ListenerArn }))),
    parts.of('Certificates', certificatesOf(client, listener)),
    tagsOf(client, ListenerArn),
  ]);
  return {
    properties: {
      ...pick(listener, 'LoadBalancerArn', 'Port', 'Protocol', 'AlpnPolicy', 'DefaultActions', 'MutualAuthentication'),
      // The service returns an empty policy for a listener without TLS.
      SslPolicy: SslPolicy || null,
      Certificates,
      ListenerAttributes: attributes?.Attributes,
      Tags,
    },
    unread: parts.unread,
  };
}

/** Returns all certificates of a listener. DescribeListeners returns only the default certificate. */
async function certificatesOf(client: Client, { ListenerArn, SslPolicy, Certificates }: Listener) {
  if (!SslPolicy) return Certificates?.length ? Certificates.map(({ CertificateArn }) => ({ CertificateArn })) : null;
  const pages = paginateDescribeListenerCertificates({ client }, { ListenerArn });
  const found = await collect(pages, (page) => page.Certificates);
  return [...new Set(found.map(({ CertificateArn }) => CertificateArn))].map((CertificateArn) => ({ CertificateArn }));
}

const targetGroups: Reader = {
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  // Targets are compared separately, because targets that an Auto Scaling group registers are in no template.
  comparedElsewhere: ['Targets'],
  defaults: { HealthCheckPort: 'traffic-port' },
  async live({ balancing: client }, physicalIds) {
    const found = await collect(paginateDescribeTargetGroups({ client }, {}), (page) => page.TargetGroups);
    const listed = ({ TargetGroupArn: id = '', VpcId }: (typeof found)[number]) => ({ id, parentId: VpcId });
    return withDetails(
      found,
      listed,
      physicalIds(this.type),
      async ({ TargetGroupArn = '', TargetGroupName: Name, LoadBalancerArns: _, ...group }) => {
        const [{ Attributes }, Tags] = await Promise.all([
          client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
          tagsOf(client, TargetGroupArn),
        ]);
        return { properties: { ...group, Name, TargetGroupAttributes: Attributes, Tags } };
      },
    );
  },
};

/** Readers of load balancers, listeners and target groups. */
export const balancingReaders: readonly Reader[] = [balancers, listeners, targetGroups];
