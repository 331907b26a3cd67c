import {
  type EC2Client,
  type NetworkAcl,
  paginateDescribeNetworkAcls,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { collect, type LiveResource, pick, type Reader, userTags } from './reader';

const groups: Reader = {
  type: 'AWS::EC2::SecurityGroup',
  // Rules are compared separately, because the service does not tell inline rules from separate ones.
  comparedElsewhere: ['SecurityGroupIngress', 'SecurityGroupEgress'],
  async live({ ec2: client }) {
    const found = await collect(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups);
    // Every VPC has a default group that no template declares.
    return found
      .filter(({ GroupName }) => GroupName !== 'default')
      .map(({ GroupId = '', GroupName, Description, VpcId, Tags }) => ({
        id: GroupId,
        parentId: VpcId,
        properties: { GroupName, GroupDescription: Description, VpcId, Tags: userTags(Tags) },
      }));
  },
};

function groupRules(direction: 'Ingress' | 'Egress'): Reader {
  return {
    type: `AWS::EC2::SecurityGroup${direction}`,
    async live({ ec2: client }) {
      const found = await collect(paginateDescribeSecurityGroupRules({ client }, {}), (page) => page.SecurityGroupRules);
      return found.filter(({ IsEgress }) => IsEgress === (direction === 'Egress')).map((rule) => liveRule(rule, direction));
    },
  };
}

function liveRule(rule: SecurityGroupRule, direction: 'Ingress' | 'Egress'): LiveResource {
  const peer = direction === 'Ingress' ? 'Source' : 'Destination';
  return {
    id: rule.SecurityGroupRuleId ?? '',
    parentId: rule.GroupId,
    properties: {
      ...pick(rule, 'GroupId', 'IpProtocol'),
      FromPort: rule.FromPort ?? null,
      ToPort: rule.ToPort ?? null,
      CidrIp: rule.CidrIpv4 ?? null,
      CidrIpv6: rule.CidrIpv6 ?? null,
      [`${peer}SecurityGroupId`]: rule.ReferencedGroupInfo?.GroupId ?? null,
      [`${peer}PrefixListId`]: rule.PrefixListId ?? null,
      Description: rule.Description ?? null,
    },
  };
}

function networkAcls(client: EC2Client): Promise<NetworkAcl[]> {
  return collect(paginateDescribeNetworkAcls({ client }, {}), (page) => page.NetworkAcls);
}

const acls: Reader = {
  type: 'AWS::EC2::NetworkAcl',
  async live({ ec2 }) {
    const found = (await networkAcls(ec2)).filter(({ IsDefault }) => !IsDefault);
    return found.map(({ NetworkAclId = '', VpcId, Tags }) => ({
      id: NetworkAclId,
      parentId: VpcId,
      properties: { VpcId, Tags: userTags(Tags) },
    }));
  },
};

/** Number of the final deny entry, which every network ACL has. */
const defaultDenyRule = 32767;

const aclEntries: Reader = {
  type: 'AWS::EC2::NetworkAclEntry',
  idOf: ({ properties: { NetworkAclId, RuleNumber, Egress } }) => entryId(NetworkAclId, RuleNumber, Egress ?? false),
  async live({ ec2 }) {
    return (await networkAcls(ec2)).flatMap(({ NetworkAclId, Entries = [] }) =>
      Entries.filter(({ RuleNumber }) => RuleNumber !== defaultDenyRule).map((entry) => ({
        id: entryId(NetworkAclId, entry.RuleNumber, entry.Egress),
        parentId: NetworkAclId,
        properties: {
          NetworkAclId,
          ...pick(entry, 'RuleNumber', 'Egress', 'Protocol', 'RuleAction'),
          CidrBlock: entry.CidrBlock ?? null,
          Ipv6CidrBlock: entry.Ipv6CidrBlock ?? null,
          PortRange: entry.PortRange ?? null,
        },
      })),
    );
  },
};

/** Returns the ID of an entry. The service has none, so it is made of network ACL, rule number and direction. */
function entryId(list: unknown, rule: unknown, egress: unknown): string {
  return `${list}|${rule}|${egress}`;
}

const aclAssociations: Reader = {
  type: 'AWS::EC2::SubnetNetworkAclAssociation',
  // A subnet is associated with exactly one network ACL.
  idOf: ({ properties }) => String(properties.SubnetId),
  async live({ ec2 }) {
    return (await networkAcls(ec2)).flatMap(({ NetworkAclId, IsDefault, Associations = [] }) =>
      Associations.map(({ SubnetId = '' }) => ({
        id: SubnetId,
        ...(!IsDefault && { parentId: NetworkAclId }),
        properties: { SubnetId, NetworkAclId },
      })),
    );
  },
};

/** Readers of security groups, network ACLs and their rules. */
export const wallReaders: readonly Reader[] = [groups, groupRules('Ingress'), groupRules('Egress'), acls, aclEntries, aclAssociations];
