import { type EC2Client, paginateDescribeFlowLogs, paginateDescribeVpcEndpoints } from '@aws-sdk/client-ec2';
import { byKey, type Facts, facts, type Reader, sorted } from './reader';

/** Readers of what watches a site's traffic and of its ways to the cloud's own services. */
export function serviceReaders(client: EC2Client): Reader[] {
  return [flowLogs(client), endpoints(client)];
}

function flowLogs(client: EC2Client): Reader {
  return {
    type: 'AWS::EC2::FlowLog',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeFlowLogs({ client }, {})) {
        for (const { FlowLogId = '', ResourceId, TrafficType, LogDestinationType, Tags } of page.FlowLogs ?? []) {
          found.set(FlowLogId, facts({ ResourceId, TrafficType, LogDestinationType, tags: byKey(Tags) }));
        }
      }
      return found;
    },
    declared({ properties: { ResourceId, TrafficType, LogDestinationType, Tags } }) {
      return facts({ ResourceId, TrafficType, LogDestinationType, tags: byKey(Tags) });
    },
  };
}

function endpoints(client: EC2Client): Reader {
  return {
    type: 'AWS::EC2::VPCEndpoint',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeVpcEndpoints({ client }, {})) {
        for (const {
          VpcEndpointId = '',
          VpcId,
          ServiceName,
          VpcEndpointType,
          PrivateDnsEnabled,
          SubnetIds,
          Groups,
          RouteTableIds,
        } of page.VpcEndpoints ?? []) {
          const groups = Groups?.map(({ GroupId }) => GroupId);
          found.set(
            VpcEndpointId,
            endpointFacts({ VpcId, ServiceName, VpcEndpointType, PrivateDnsEnabled, SubnetIds, groups, RouteTableIds }),
          );
        }
      }
      return found;
    },
    declared({ properties: { SecurityGroupIds: groups, ...rest } }) {
      return endpointFacts({ ...rest, groups });
    },
  };
}

function endpointFacts({
  VpcId,
  ServiceName,
  VpcEndpointType,
  PrivateDnsEnabled,
  SubnetIds,
  groups,
  RouteTableIds,
}: Readonly<Record<string, unknown>>): Facts {
  return facts({
    VpcId,
    ServiceName,
    VpcEndpointType,
    PrivateDnsEnabled: PrivateDnsEnabled ?? false,
    subnets: sorted(SubnetIds),
    groups: sorted(groups),
    routeTables: sorted(RouteTableIds),
  });
}
