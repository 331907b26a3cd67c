import { ResumeProcessesCommand, SuspendProcessesCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { DisableAlarmActionsCommand, EnableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch';
import { PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  DeleteNetworkAclEntryCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteCommand,
  DescribeSubnetsCommand,
  ModifySecurityGroupRulesCommand,
  ReplaceNetworkAclEntryCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  AddListenerCertificatesCommand,
  DeregisterTargetsCommand,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CloudClients } from '../../../lib/deployment/aws/clients';
import type { DeclaredResource } from '../../../lib/deployment/probe/readers/reader';
import { drift, nameOf, type Way } from './cloud-edit';
import type { Edit } from './edit';
import { permissionEdits } from './permission-edits';

/** Edits of every kind, in batches that change different resources. */
export function everyKindOfEdit(clients: CloudClients, declared: readonly DeclaredResource[]): Edit[][] {
  const rounds = Math.max(...Object.values(ways).map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) =>
    Object.entries(ways).flatMap(([type, { [round]: way }]) => {
      const own = declared.filter((resource) => resource.type === type);
      // Some edits only apply to listeners that terminate TLS.
      const resource = own.find(({ properties }) => properties.SslPolicy !== undefined) ?? own[0];
      return way && resource ? [way(clients, resource)] : [];
    }),
  );
}

/** Networks that no site states. */
const elsewhere = '198.51.100.0/24';

/** Ways to weaken, move or break a resource of each type. */
const ways: Readonly<Record<string, readonly Way[]>> = {
  ...permissionEdits,
  'AWS::EC2::SecurityGroup': [foreignRule, foreignInterface],
  'AWS::EC2::SecurityGroupIngress': [movedRule],
  'AWS::EC2::NetworkAcl': [foreignEntry],
  'AWS::EC2::NetworkAclEntry': [turnedEntry, missingEntry],
  'AWS::EC2::RouteTable': [foreignRoute],
  'AWS::EC2::Route': [missingRoute],
  'AWS::ElasticLoadBalancingV2::Listener': [movedListener, sharingListener, doubleListener],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [unprotectedBalancer],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [drainless, sickness, foreignTarget],
  'AWS::AutoScaling::AutoScalingGroup': [shrunkFleet, grownFleet, sleepyFleet],
  'AWS::CloudWatch::Alarm': [silentAlarm],
  'AWS::Logs::LogGroup': [forgetfulLog],
};

/** Edits of a cloud site: one way for each resource that has any. */
export function cloudEdits(clients: CloudClients, declared: readonly DeclaredResource[], random: () => number): Edit[] {
  return declared.flatMap((resource) => {
    const fitting = ways[resource.type] ?? [];
    const way = fitting[Math.floor(random() * fitting.length)];
    return way ? [way(clients, resource)] : [];
  });
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
      return { finding: `foreign ${id} in ${nameOf(resource)}`, undo };
    },
  };
}

/** Adds an interface with a security group of the site; the groups of workloads are skipped, because they are meant to be attached. */
function foreignInterface(clients: CloudClients, resource: DeclaredResource): Edit {
  const { ec2 } = clients;
  const { Tags, VpcId } = resource.properties as { Tags: readonly { readonly Value: string }[]; VpcId: string };
  if (Tags.some(({ Value }) => Value === 'workload')) return foreignRule(clients, resource);
  const group = resource.physicalId ?? '';
  return {
    target: nameOf(resource),
    async make() {
      const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }));
      const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: Subnets?.[0]?.SubnetId, Groups: [group] }));
      const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
      const undo = () => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
      return { finding: `foreign ${NetworkInterfaceId} in ${nameOf(resource)}`, undo };
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
      return { finding: `foreign ${resource.physicalId}|3|false in ${nameOf(resource)}`, undo };
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
      const finding = `foreign ${resource.physicalId}|${elsewhere} in ${nameOf(resource)}`;
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

/** Gives one TLS listener an old policy, and another one a new port. */
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

/** Sends a small share of a listener's traffic elsewhere. */
function sharingListener({ balancing }: CloudClients, resource: DeclaredResource): Edit {
  const [action] = resource.properties.DefaultActions as readonly { readonly TargetGroupArn: string }[];
  const set = (...TargetGroups: { TargetGroupArn?: string; Weight?: number }[]) => {
    const DefaultActions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }];
    return balancing.send(new ModifyListenerCommand({ ListenerArn: resource.physicalId, DefaultActions }));
  };
  const own = { TargetGroupArn: action?.TargetGroupArn };
  return drift(
    resource,
    () => set({ ...own, Weight: 99 }, { TargetGroupArn: `${action?.TargetGroupArn}0`, Weight: 1 }),
    () => set(own),
  );
}

/** Adds a certificate for one more name to a TLS listener. */
function doubleListener(clients: CloudClients, resource: DeclaredResource): Edit {
  const { balancing } = clients;
  if (resource.properties.SslPolicy === undefined) return sharingListener(clients, resource);
  const Certificates = [{ CertificateArn: 'arn:aws:acm:eu-west-1:999999999999:certificate/theirs' }];
  const certificates = { ListenerArn: resource.physicalId, Certificates };
  return drift(
    resource,
    () => balancing.send(new AddListenerCertificatesCommand(certificates)),
    () => balancing.send(new RemoveListenerCertificatesCommand(certificates)),
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

function foreignTarget({ balancing }: CloudClients, resource: DeclaredResource): Edit {
  const target = { Id: resource.properties.TargetType === 'ip' ? '198.51.100.7' : 'i-0badbadbadbadbad0', Port: 9443 };
  const targets = { TargetGroupArn: resource.physicalId, Targets: [target] };
  return {
    target: nameOf(resource),
    async make() {
      await balancing.send(new RegisterTargetsCommand(targets));
      const undo = () => balancing.send(new DeregisterTargetsCommand(targets));
      return { finding: `foreign ${target.Id}:${target.Port} in ${nameOf(resource)}`, undo };
    },
  };
}

/** Suspends the replacement of unhealthy instances of a group. */
function sleepyFleet({ scaling }: CloudClients, resource: DeclaredResource): Edit {
  const processes = { AutoScalingGroupName: resource.physicalId, ScalingProcesses: ['ReplaceUnhealthy'] };
  return drift(
    resource,
    () => scaling.send(new SuspendProcessesCommand(processes)),
    () => scaling.send(new ResumeProcessesCommand(processes)),
  );
}

function silentAlarm({ alarms }: CloudClients, resource: DeclaredResource): Edit {
  const AlarmNames = [resource.physicalId ?? ''];
  return drift(
    resource,
    () => alarms.send(new DisableAlarmActionsCommand({ AlarmNames })),
    () => alarms.send(new EnableAlarmActionsCommand({ AlarmNames })),
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
