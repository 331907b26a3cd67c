import { type AutoScalingClient, paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import {
  type EC2Client,
  type NetworkInterface,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
} from '@aws-sdk/client-ec2';
import { DescribeTargetHealthCommand, type ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { PhysicalIdsByType } from '../../aws/physical-ids';
import { all, isGone, type LiveResource, type Reader } from './reader';

/** Instances that groups of the site launched: they come and go, and no template names them. */
async function instancesOf(client: AutoScalingClient, made: PhysicalIdsByType): Promise<Set<string | undefined>> {
  const ours = made('AWS::AutoScaling::AutoScalingGroup');
  if (ours.size === 0) return new Set();
  const groups = await all(paginateDescribeAutoScalingGroups({ client }, {}), (page) => page.AutoScalingGroups);
  const instances = groups
    .filter(({ AutoScalingGroupName = '' }) => ours.has(AutoScalingGroupName))
    .flatMap((group) => group.Instances ?? []);
  return new Set(instances.map(({ InstanceId }) => InstanceId));
}

/** Type of what target groups send their traffic to. */
export const targetType = 'AWS::ElasticLoadBalancingV2::TargetGroup.Targets';

const targets: Reader = {
  type: targetType,
  async live({ balancing, scaling }, made) {
    const groups = [...made('AWS::ElasticLoadBalancingV2::TargetGroup')];
    const found = (await Promise.all(groups.map((group) => targetsOf(balancing, group)))).flat();
    // Asked afterwards, so that an instance that is launched meanwhile is known.
    const instances = await instancesOf(scaling, made);
    return found.filter(({ properties }) => !instances.has(String(properties.Id)));
  },
};

async function targetsOf(client: ElasticLoadBalancingV2Client, TargetGroupArn: string): Promise<LiveResource[]> {
  try {
    const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    // One that drains has been taken out: it gets nothing new.
    const registered = TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== 'draining');
    return registered.map(({ Target: { Id, Port, AvailabilityZone } = { Id: undefined } }) => ({
      id: `${Id}:${Port}`,
      within: TargetGroupArn,
      properties: { Id, Port, AvailabilityZone },
    }));
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Interfaces of balancers and endpoints. */
const servedInterfaces: readonly string[] = ['network_load_balancer', 'vpc_endpoint'];

const interfaces: Reader = {
  type: 'AWS::EC2::NetworkInterface',
  async live({ ec2: client, scaling }, made) {
    const groups = await ownGroups(client, made);
    const found = await carriersOf(client, [...groups]);
    // Asked afterwards, so that an instance that is launched meanwhile is known.
    const instances = await instancesOf(scaling, made);
    return found.flatMap((one) => {
      const { NetworkInterfaceId: id = '', Groups = [], Attachment } = one;
      const within = Groups.map(({ GroupId = '' }) => GroupId).find((group) => groups.has(group));
      const belongs = isServed(one, made) || instances.has(Attachment?.InstanceId ?? '');
      return within === undefined || belongs ? [] : [{ id, within, properties: {} }];
    });
  },
};

/** Groups that one question may name. */
const groupsAtOnce = 200;

/** Everything that carries one of some groups, in whichever network: one of the firm's own is no stack's. */
async function carriersOf(client: EC2Client, groups: readonly string[]): Promise<NetworkInterface[]> {
  const found = new Map<string | undefined, NetworkInterface>();
  for (let start = 0; start < groups.length; start += groupsAtOnce) {
    const Filters = [{ Name: 'group-id', Values: groups.slice(start, start + groupsAtOnce) }];
    const some = await all(paginateDescribeNetworkInterfaces({ client }, { Filters }), (page) => page.NetworkInterfaces);
    for (const one of some) found.set(one.NetworkInterfaceId, one);
  }
  return [...found.values()];
}

/** Whether readers of balancers and endpoints say whose an interface is; in a network of the firm's they know those of our own balancers only. */
function isServed({ InterfaceType, VpcId = '', Description }: NetworkInterface, made: PhysicalIdsByType): boolean {
  if (InterfaceType === undefined || !servedInterfaces.includes(InterfaceType)) return false;
  const balancers = [...made('AWS::ElasticLoadBalancingV2::LoadBalancer')];
  return made('AWS::EC2::VPC').has(VpcId) || balancers.some((arn) => Description === `ELB ${arn.split(':loadbalancer/')[1]}`);
}

/** Groups that only what the site itself makes may carry: those of workloads are there for the firm's own instances. */
async function ownGroups(client: EC2Client, made: PhysicalIdsByType): Promise<Set<string>> {
  const ours = made('AWS::EC2::SecurityGroup');
  const found = await all(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups);
  const forOthers = ({ Tags = [] }: (typeof found)[number]) =>
    Tags.some(({ Key, Value }) => Key === 'diptych:role' && Value === 'workload');
  return new Set(found.filter((group) => !forOthers(group)).flatMap(({ GroupId = '' }) => (ours.has(GroupId) ? [GroupId] : [])));
}

/** Readers of what takes part in a site without being a resource of a template: unless it is stated elsewhere, it is foreign. */
export const memberReaders: readonly Reader[] = [targets, interfaces];
