import {
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  type ElasticLoadBalancingV2Client,
  type LoadBalancer,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { byKey, type Facts, facts, number, type Reader, sorted } from './reader';

/** Readers of balancers, their listeners and the groups behind them. */
export function balancingReaders(client: ElasticLoadBalancingV2Client): Reader[] {
  return [balancers(client), listeners(client), targetGroups(client)];
}

async function allBalancers(client: ElasticLoadBalancingV2Client): Promise<LoadBalancer[]> {
  const found: LoadBalancer[] = [];
  for await (const page of paginateDescribeLoadBalancers({ client }, {})) found.push(...(page.LoadBalancers ?? []));
  return found;
}

function balancers(client: ElasticLoadBalancingV2Client): Reader {
  return {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    async live() {
      const found = new Map<string, Facts>();
      for (const { LoadBalancerArn = '', Type, Scheme, SecurityGroups, AvailabilityZones } of await allBalancers(client)) {
        const { Attributes } = await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
        const subnets = sorted(AvailabilityZones?.map(({ SubnetId }) => SubnetId));
        found.set(LoadBalancerArn, { Type, Scheme, groups: sorted(SecurityGroups), subnets, attributes: byKey(Attributes) });
      }
      return found;
    },
    declared({ properties: { Type, Scheme, SecurityGroups, Subnets, LoadBalancerAttributes } }) {
      return { Type, Scheme, groups: sorted(SecurityGroups), subnets: sorted(Subnets), attributes: byKey(LoadBalancerAttributes) };
    },
  };
}

function listeners(client: ElasticLoadBalancingV2Client): Reader {
  return {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    async live() {
      const found = new Map<string, Facts>();
      for (const { LoadBalancerArn } of await allBalancers(client)) {
        for await (const page of paginateDescribeListeners({ client }, { LoadBalancerArn })) {
          for (const { ListenerArn = '', ...listener } of page.Listeners ?? []) found.set(ListenerArn, listenerFacts({ ...listener }));
        }
      }
      return found;
    },
    declared: ({ properties }) => listenerFacts(properties),
  };
}

function listenerFacts({
  LoadBalancerArn,
  Port,
  Protocol,
  SslPolicy,
  Certificates,
  DefaultActions,
}: Readonly<Record<string, unknown>>): Facts {
  const certificates = ((Certificates ?? []) as readonly { readonly CertificateArn: string }[]).map(({ CertificateArn }) => CertificateArn);
  const targets = (DefaultActions as readonly { readonly Type: string; readonly TargetGroupArn: string }[]).map((action) => [
    action.Type,
    action.TargetGroupArn,
  ]);
  return facts({ LoadBalancerArn, Port: number(Port), Protocol, SslPolicy, certificates, targets });
}

function targetGroups(client: ElasticLoadBalancingV2Client): Reader {
  return {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeTargetGroups({ client }, {})) {
        for (const { TargetGroupArn = '', ...group } of page.TargetGroups ?? []) {
          const { Attributes } = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
          found.set(TargetGroupArn, targetGroupFacts({ ...group, TargetGroupAttributes: Attributes }));
        }
      }
      return found;
    },
    declared: ({ properties }) => targetGroupFacts(properties),
  };
}

function targetGroupFacts(group: Readonly<Record<string, unknown>>): Facts {
  return facts({
    protocol: group.Protocol,
    port: number(group.Port),
    vpc: group.VpcId,
    targetType: group.TargetType,
    healthCheck: [
      group.HealthCheckProtocol,
      group.HealthCheckPort ?? 'traffic-port',
      // A balancer that checks by connecting alone asks for no path; the emulator answers one all the same.
      String(group.HealthCheckProtocol).startsWith('HTTP') ? group.HealthCheckPath : undefined,
    ],
    healthSeconds: [number(group.HealthCheckIntervalSeconds), number(group.HealthyThresholdCount), number(group.UnhealthyThresholdCount)],
    attributes: byKey(group.TargetGroupAttributes),
  });
}
