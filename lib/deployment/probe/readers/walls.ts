import {
  type EC2Client,
  type NetworkAcl,
  paginateDescribeNetworkAcls,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { all, type LiveResource, pick, type Reader, tags } from './reader';

const groups: Reader = {
  type: 'AWS::EC2::SecurityGroup',
  // Their rules are resources of their own, wherever they are stated.
  elsewhere: ['SecurityGroupIngress', 'SecurityGroupEgress'],
  async live({ ec2: client }) {
    const found = await all(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups);
    // Every network has a default group that nobody made.
    return found
      .filter(({ GroupName }) => GroupName !== 'default')
      .map(({ GroupId = '', GroupName, Description, VpcId, Tags }) => ({
        id: GroupId,
        within: VpcId,
        properties: { GroupName, GroupDescription: Description, VpcId, Tags: tags(Tags) },
      }));
  },
};

function groupRules(direction: 'Ingress' | 'Egress'): Reader {
  return {
    type: `AWS::EC2::SecurityGroup${direction}`,
    async live({ ec2: client }) {
      const found = await all(paginateDescribeSecurityGroupRules({ client }, {}), (page) => page.SecurityGroupRules);
      return found.filter(({ IsEgress }) => IsEgress === (direction === 'Egress')).map((rule) => liveRule(rule, direction));
    },
  };
}

function liveRule(rule: SecurityGroupRule, direction: 'Ingress' | 'Egress'): LiveResource {
  const peer = direction === 'Ingress' ? 'Source' : 'Destination';
  return {
    id: rule.SecurityGroupRuleId ?? '',
    within: rule.GroupId,
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

function lists(client: EC2Client): Promise<NetworkAcl[]> {
  return all(paginateDescribeNetworkAcls({ client }, {}), (page) => page.NetworkAcls);
}

const acls: Reader = {
  type: 'AWS::EC2::NetworkAcl',
  async live({ ec2 }) {
    const found = (await lists(ec2)).filter(({ IsDefault }) => !IsDefault);
    return found.map(({ NetworkAclId = '', VpcId, Tags }) => ({
      id: NetworkAclId,
      within: VpcId,
      properties: { VpcId, Tags: tags(Tags) },
    }));
  },
};

/** The entry that denies everything else; nobody makes it and nobody can take it away. */
const lastRule = 32767;

const aclEntries: Reader = {
  type: 'AWS::EC2::NetworkAclEntry',
  idOf: ({ properties: { NetworkAclId, RuleNumber, Egress } }) => entryId(NetworkAclId, RuleNumber, Egress ?? false),
  async live({ ec2 }) {
    return (await lists(ec2)).flatMap(({ NetworkAclId, Entries = [] }) =>
      Entries.filter(({ RuleNumber }) => RuleNumber !== lastRule).map((entry) => ({
        id: entryId(NetworkAclId, entry.RuleNumber, entry.Egress),
        within: NetworkAclId,
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

/** The service has no id for an entry: its list, its number and its direction are what identifies it. */
function entryId(list: unknown, rule: unknown, egress: unknown): string {
  return `${list}|${rule}|${egress}`;
}

const aclAssociations: Reader = {
  type: 'AWS::EC2::SubnetNetworkAclAssociation',
  // A subnet has exactly one list.
  idOf: ({ properties }) => String(properties.SubnetId),
  async live({ ec2 }) {
    return (await lists(ec2)).flatMap(({ NetworkAclId, IsDefault, Associations = [] }) =>
      Associations.map(({ SubnetId = '' }) => ({
        id: SubnetId,
        ...(!IsDefault && { within: NetworkAclId }),
        properties: { SubnetId, NetworkAclId },
      })),
    );
  },
};

/** Readers of the walls: groups, lists and their rules. */
export const wallReaders: readonly Reader[] = [groups, groupRules('Ingress'), groupRules('Egress'), acls, aclEntries, aclAssociations];
