import { UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  DeleteNetworkAclEntryCommand,
  DeleteRouteCommand,
  ModifySecurityGroupRulesCommand,
  ReplaceNetworkAclEntryCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { CloudClients } from '../../../lib/deployment/cloud/clients';
import type { DeclaredResource } from '../../../lib/deployment/probe/declared';
import type { Edit } from './edit';

type Way = (clients: CloudClients, resource: DeclaredResource) => Edit;

/** Networks that no site states. */
const elsewhere = '198.51.100.0/24';

/** Ways to weaken, move or break a resource of each type. */
const ways: Readonly<Record<string, readonly Way[]>> = {
  'AWS::EC2::SecurityGroup': [foreignRule],
  'AWS::EC2::SecurityGroupIngress': [movedRule],
  'AWS::EC2::NetworkAcl': [foreignEntry],
  'AWS::EC2::NetworkAclEntry': [turnedEntry, missingEntry],
  'AWS::EC2::RouteTable': [foreignRoute],
  'AWS::EC2::Route': [missingRoute],
  'AWS::ElasticLoadBalancingV2::Listener': [movedListener],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [unprotectedBalancer],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [drainless, sickness],
  'AWS::AutoScaling::AutoScalingGroup': [shrunkFleet, grownFleet],
  'AWS::Logs::LogGroup': [forgetfulLog],
  'AWS::IAM::Role': [mightierRole],
};

/** Edits of a cloud site, one way for each resource that has any. */
export function cloudEdits(clients: CloudClients, declared: readonly DeclaredResource[], random: () => number): Edit[] {
  return declared.flatMap((resource) => {
    const fitting = ways[resource.type] ?? [];
    const way = fitting[Math.floor(random() * fitting.length)];
    return way ? [way(clients, resource)] : [];
  });
}

function nameOf({ stack, logicalId }: DeclaredResource): string {
  return `${stack}/${logicalId}`;
}

/** An edit of one attribute, and the way back. */
function drift(resource: DeclaredResource, change: () => Promise<unknown>, undo: () => Promise<unknown>): Edit {
  return {
    target: nameOf(resource),
    async make() {
      await change();
      return { finding: `drifted ${nameOf(resource)}`, undo };
    },
  };
}

function foreignRule({ ec2 }: CloudClients, resource: DeclaredResource): Edit {
  const permission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: elsewhere }] };
  const GroupId = resource.physicalId;
  return {
    target: nameOf(resource),
    async make() {
      const { SecurityGroupRules } = await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
      const id = SecurityGroupRules?.[0]?.SecurityGroupRuleId;
      const undo = () => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
      return { finding: `foreign ${id} in ${GroupId}`, undo };
    },
  };
}

function movedRule({ ec2 }: CloudClients, resource: DeclaredResource): Edit {
  const { GroupId, IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupId, Description } = resource.properties as Record<
    string,
    string
  >;
  const peer = CidrIp === undefined ? { ReferencedGroupId: SourceSecurityGroupId } : { CidrIpv4: CidrIp };
  const set = (toPort: number) => {
    const rule = { IpProtocol, FromPort: Number(FromPort), ToPort: toPort, Description, ...peer };
    return ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId: resource.physicalId, SecurityGroupRule: rule }],
      }),
    );
  };
  return drift(
    resource,
    () => set(65_535),
    () => set(Number(ToPort)),
  );
}

function foreignEntry({ ec2 }: CloudClients, resource: DeclaredResource): Edit {
  const entry = { NetworkAclId: resource.physicalId, RuleNumber: 3, Egress: false };
  const command = new CreateNetworkAclEntryCommand({ ...entry, Protocol: '-1', RuleAction: 'allow', CidrBlock: elsewhere });
  return {
    target: nameOf(resource),
    async make() {
      await ec2.send(command);
      const undo = () => ec2.send(new DeleteNetworkAclEntryCommand(entry));
      return { finding: `foreign ${resource.physicalId}|3|false in ${resource.physicalId}`, undo };
    },
  };
}

function entryOf({ properties }: DeclaredResource) {
  const { NetworkAclId, RuleNumber, Egress, Protocol, RuleAction, CidrBlock, PortRange } = properties as Record<string, never>;
  return {
    NetworkAclId,
    RuleNumber: Number(RuleNumber),
    Egress: Egress ?? false,
    Protocol: String(Protocol),
    RuleAction,
    CidrBlock,
    PortRange,
  };
}

function turnedEntry({ ec2 }: CloudClients, resource: DeclaredResource): Edit {
  const entry = entryOf(resource);
  const set = (CidrBlock: string | undefined) => ec2.send(new ReplaceNetworkAclEntryCommand({ ...entry, CidrBlock }));
  return drift(
    resource,
    () => set('0.0.0.0/0'),
    () => set(entry.CidrBlock),
  );
}

function missingEntry({ ec2 }: CloudClients, resource: DeclaredResource): Edit {
  const { NetworkAclId, RuleNumber, Egress } = entryOf(resource);
  return {
    target: nameOf(resource),
    async make() {
      await ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber, Egress }));
      return { finding: `missing ${nameOf(resource)}`, undo: () => ec2.send(new CreateNetworkAclEntryCommand(entryOf(resource))) };
    },
  };
}

function foreignRoute({ ec2 }: CloudClients, resource: DeclaredResource): Edit {
  const route = { RouteTableId: resource.physicalId, DestinationCidrBlock: elsewhere };
  return {
    target: nameOf(resource),
    async make() {
      await ec2.send(new CreateRouteCommand({ ...route, TransitGatewayId: 'tgw-0badbadbadbadbad0' }));
      const finding = `foreign ${resource.physicalId}|${elsewhere} in ${resource.physicalId}`;
      return { finding, undo: () => ec2.send(new DeleteRouteCommand(route)) };
    },
  };
}

function missingRoute({ ec2 }: CloudClients, resource: DeclaredResource): Edit {
  const { RouteTableId, DestinationCidrBlock, TransitGatewayId } = resource.properties as Record<string, string>;
  return {
    target: nameOf(resource),
    async make() {
      await ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
      const undo = () => ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, TransitGatewayId }));
      return { finding: `missing ${nameOf(resource)}`, undo };
    },
  };
}

/** A listener that ends TLS gets an old policy, another one a port of its own. */
function movedListener({ balancing }: CloudClients, resource: DeclaredResource): Edit {
  const { SslPolicy, Port } = resource.properties as Record<string, string>;
  const set = (change: object) => balancing.send(new ModifyListenerCommand({ ListenerArn: resource.physicalId, ...change }));
  if (SslPolicy !== undefined)
    return drift(
      resource,
      () => set({ SslPolicy: 'ELBSecurityPolicy-2016-08' }),
      () => set({ SslPolicy }),
    );
  return drift(
    resource,
    () => set({ Port: 60_000 }),
    () => set({ Port: Number(Port) }),
  );
}

function unprotectedBalancer({ balancing }: CloudClients, resource: DeclaredResource): Edit {
  const set = (Value: string) => {
    const Attributes = [{ Key: 'deletion_protection.enabled', Value }];
    return balancing.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: resource.physicalId, Attributes }));
  };
  return drift(
    resource,
    () => set('false'),
    () => set('true'),
  );
}

function drainless({ balancing }: CloudClients, resource: DeclaredResource): Edit {
  const Key = 'deregistration_delay.timeout_seconds';
  const stated = resource.properties.TargetGroupAttributes as readonly { readonly Key: string; readonly Value: string }[];
  const before = stated.find((attribute) => attribute.Key === Key)?.Value;
  const set = (Value: string | undefined) =>
    balancing.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: resource.physicalId, Attributes: [{ Key, Value }] }));
  return drift(
    resource,
    () => set('0'),
    () => set(before),
  );
}

function sickness({ balancing }: CloudClients, resource: DeclaredResource): Edit {
  const before = Number(resource.properties.HealthyThresholdCount);
  const set = (HealthyThresholdCount: number) =>
    balancing.send(new ModifyTargetGroupCommand({ TargetGroupArn: resource.physicalId, HealthyThresholdCount }));
  return drift(
    resource,
    () => set(9),
    () => set(before),
  );
}

function shrunkFleet(clients: CloudClients, resource: DeclaredResource): Edit {
  return resizedFleet(clients, resource, 'MinSize', 0);
}

function grownFleet(clients: CloudClients, resource: DeclaredResource): Edit {
  return resizedFleet(clients, resource, 'MaxSize', 99);
}

function resizedFleet({ scaling }: CloudClients, resource: DeclaredResource, size: 'MinSize' | 'MaxSize', value: number): Edit {
  const set = (count: number) =>
    scaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: resource.physicalId, [size]: count }));
  return drift(
    resource,
    () => set(value),
    () => set(Number(resource.properties[size])),
  );
}

function forgetfulLog({ logs }: CloudClients, resource: DeclaredResource): Edit {
  const set = (retentionInDays: number) => logs.send(new PutRetentionPolicyCommand({ logGroupName: resource.physicalId, retentionInDays }));
  return drift(
    resource,
    () => set(1),
    () => set(Number(resource.properties.RetentionInDays)),
  );
}

function mightierRole({ identities }: CloudClients, resource: DeclaredResource): Edit {
  const policy = { RoleName: resource.physicalId, PolicyName: 'by-hand' };
  const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::elsewhere/*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  return drift(
    resource,
    () => identities.send(new PutRolePolicyCommand({ ...policy, PolicyDocument })),
    () => identities.send(new DeleteRolePolicyCommand(policy)),
  );
}
