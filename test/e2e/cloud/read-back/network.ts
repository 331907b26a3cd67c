import {
  type EC2Client,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSubnets,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { DeployedResource } from '../deployed';
import { byKey, type Facts, facts, number, type Reader } from './reader';

/** Readers of a site's walls: groups' rules, network ACLs, subnets and routes. */
export function networkReaders(client: EC2Client): Reader[] {
  return [
    groupRules(client, 'Ingress'),
    groupRules(client, 'Egress'),
    aclEntries(client),
    aclAssociations(client),
    subnets(client),
    routes(client),
  ];
}

function groupRules(client: EC2Client, direction: 'Ingress' | 'Egress'): Reader {
  const egress = direction === 'Egress';
  return {
    type: `AWS::EC2::SecurityGroup${direction}`,
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeSecurityGroupRules({ client }, {})) {
        for (const rule of page.SecurityGroupRules ?? [])
          if (rule.IsEgress === egress) found.set(rule.SecurityGroupRuleId ?? '', ruleFacts(rule));
      }
      return found;
    },
    declared({ properties }) {
      const { GroupId, IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6, Description } = properties;
      const group = properties[egress ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId'];
      const list = properties[egress ? 'DestinationPrefixListId' : 'SourcePrefixListId'];
      return facts({ GroupId, IpProtocol, FromPort: number(FromPort), ToPort: number(ToPort), CidrIp, CidrIpv6, group, list, Description });
    },
  };
}

function ruleFacts({
  GroupId,
  IpProtocol,
  FromPort,
  ToPort,
  CidrIpv4,
  CidrIpv6,
  ReferencedGroupInfo,
  PrefixListId,
  Description,
}: SecurityGroupRule) {
  const group = ReferencedGroupInfo?.GroupId;
  return facts({ GroupId, IpProtocol, FromPort, ToPort, CidrIp: CidrIpv4, CidrIpv6, group, list: PrefixListId, Description });
}

function aclEntries(client: EC2Client): Reader {
  return {
    type: 'AWS::EC2::NetworkAclEntry',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeNetworkAcls({ client }, {})) {
        for (const { NetworkAclId, Entries = [] } of page.NetworkAcls ?? []) {
          for (const { RuleNumber, Egress, Protocol, RuleAction, CidrBlock, PortRange } of Entries) {
            const ports = PortRange && [PortRange.From, PortRange.To];
            found.set(entryId(NetworkAclId, RuleNumber, Egress), facts({ Protocol, RuleAction, CidrBlock, ports }));
          }
        }
      }
      return found;
    },
    declared({ properties: { Protocol, RuleAction, CidrBlock, PortRange } }) {
      const range = PortRange as { readonly From: unknown; readonly To: unknown } | undefined;
      const ports = range && [number(range.From), number(range.To)];
      return facts({ Protocol: String(Protocol), RuleAction, CidrBlock, ports });
    },
  };
}

/** The service has no id for an entry; the emulator's extension makes one of what identifies it. */
function entryId(acl: string | undefined, rule: number | undefined, egress: boolean | undefined): string {
  return `${acl}|${rule}|${egress ? 'True' : 'False'}`;
}

function aclAssociations(client: EC2Client): Reader {
  return {
    type: 'AWS::EC2::SubnetNetworkAclAssociation',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeNetworkAcls({ client }, {})) {
        for (const { NetworkAclId, Associations = [] } of page.NetworkAcls ?? []) {
          for (const { NetworkAclAssociationId, SubnetId } of Associations)
            found.set(NetworkAclAssociationId ?? '', facts({ NetworkAclId, SubnetId }));
        }
      }
      return found;
    },
    declared: ({ properties: { NetworkAclId, SubnetId } }) => facts({ NetworkAclId, SubnetId }),
  };
}

function subnets(client: EC2Client): Reader {
  return {
    type: 'AWS::EC2::Subnet',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeSubnets({ client }, {})) {
        for (const { SubnetId = '', VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, Tags } of page.Subnets ?? []) {
          found.set(SubnetId, facts({ VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, tags: byKey(Tags) }));
        }
      }
      return found;
    },
    declared({ properties: { VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, Tags } }) {
      return facts({ VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, tags: byKey(Tags) });
    },
  };
}

function routes(client: EC2Client): Reader {
  return {
    type: 'AWS::EC2::Route',
    async live() {
      const found = new Map<string, Facts>();
      for await (const page of paginateDescribeRouteTables({ client }, {})) {
        for (const { RouteTableId, Routes = [] } of page.RouteTables ?? []) {
          for (const { DestinationCidrBlock, GatewayId, TransitGatewayId } of Routes) {
            found.set(
              `${RouteTableId}|${DestinationCidrBlock}`,
              facts({ RouteTableId, DestinationCidrBlock, GatewayId, TransitGatewayId }),
            );
          }
        }
      }
      return found;
    },
    declared({ properties: { RouteTableId, DestinationCidrBlock, GatewayId, TransitGatewayId } }: DeployedResource) {
      return facts({ RouteTableId, DestinationCidrBlock, GatewayId, TransitGatewayId });
    },
  };
}
