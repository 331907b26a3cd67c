import { type AutoScalingClient, paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import {
  type EC2Client,
  type NetworkInterface,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
} from '@aws-sdk/client-ec2';
import { DescribeTargetHealthCommand, type ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { PhysicalIdsByType } from '../../aws/physical-ids';
import { collect, isGone, type LiveResource, type Reader } from './reader';

/** Returns the IDs of the instances that the Auto Scaling groups of the site launched. No template contains them. */
async function instancesOf(client: AutoScalingClient, physicalIds: PhysicalIdsByType): Promise<Set<string | undefined>> {
  const ours = physicalIds('AWS::AutoScaling::AutoScalingGroup');
  if (ours.size === 0) return new Set();
  const groups = await collect(paginateDescribeAutoScalingGroups({ client }, {}), (page) => page.AutoScalingGroups);
  const instances = groups
    .filter(({ AutoScalingGroupName = '' }) => ours.has(AutoScalingGroupName))
    .flatMap((group) => group.Instances ?? []);
  return new Set(instances.map(({ InstanceId }) => InstanceId));
}

/** Pseudo-type of a registered target, which CloudFormation declares inline in its target group. */
export const targetType = 'AWS::ElasticLoadBalancingV2::TargetGroup.Targets';

const targets: Reader = {
  type: targetType,
  async live({ balancing, scaling }, physicalIds) {
    const groups = [...physicalIds('AWS::ElasticLoadBalancingV2::TargetGroup')];
    const found = (await Promise.all(groups.map((group) => targetsOf(balancing, group)))).flat();
    // Read last, so that an instance that is launched in the meantime is not reported as foreign.
    const instances = await instancesOf(scaling, physicalIds);
    return found.filter(({ properties }) => !instances.has(String(properties.Id)));
  },
};

async function targetsOf(client: ElasticLoadBalancingV2Client, TargetGroupArn: string): Promise<LiveResource[]> {
  try {
    const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    // A draining target is already deregistered and gets no new connections.
    const registered = TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== 'draining');
    return registered.map(({ Target: { Id, Port, AvailabilityZone } = { Id: undefined } }) => ({
      id: `${Id}:${Port}`,
      parentId: TargetGroupArn,
      properties: { Id, Port, AvailabilityZone },
    }));
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Types of network interfaces that belong to load balancers and VPC endpoints. */
const serviceInterfaceTypes: readonly string[] = ['network_load_balancer', 'vpc_endpoint'];

const interfaces: Reader = {
  type: 'AWS::EC2::NetworkInterface',
  async live({ ec2: client, scaling }, physicalIds) {
    const groups = await siteOnlyGroups(client, physicalIds);
    const found = await interfacesWith(client, [...groups]);
    // Read last, so that an instance that is launched in the meantime is not reported as foreign.
    const instances = await instancesOf(scaling, physicalIds);
    return found.flatMap((one) => {
      const { NetworkInterfaceId: id = '', Groups = [], Attachment } = one;
      const parentId = Groups.map(({ GroupId = '' }) => GroupId).find((group) => groups.has(group));
      const belongs = isServiceInterface(one, physicalIds) || instances.has(Attachment?.InstanceId ?? '');
      return parentId === undefined || belongs ? [] : [{ id, parentId, properties: {} }];
    });
  },
};

/** Most values that a filter of the EC2 API accepts. */
const maxFilterValues = 200;

/** Returns the network interfaces with any of the security groups, in all VPCs, because the VPC may be one that no stack created. */
async function interfacesWith(client: EC2Client, groups: readonly string[]): Promise<NetworkInterface[]> {
  const found = new Map<string | undefined, NetworkInterface>();
  for (let start = 0; start < groups.length; start += maxFilterValues) {
    const Filters = [{ Name: 'group-id', Values: groups.slice(start, start + maxFilterValues) }];
    const some = await collect(paginateDescribeNetworkInterfaces({ client }, { Filters }), (page) => page.NetworkInterfaces);
    for (const one of some) found.set(one.NetworkInterfaceId, one);
  }
  return [...found.values()];
}

/**
 * Returns true if an interface belongs to a load balancer or an endpoint, whose readers decide whether it is foreign.
 *
 * In a VPC that no stack created, only the interfaces of our own load balancers count.
 */
function isServiceInterface({ InterfaceType, VpcId = '', Description }: NetworkInterface, physicalIds: PhysicalIdsByType): boolean {
  if (InterfaceType === undefined || !serviceInterfaceTypes.includes(InterfaceType)) return false;
  const balancers = [...physicalIds('AWS::ElasticLoadBalancingV2::LoadBalancer')];
  return physicalIds('AWS::EC2::VPC').has(VpcId) || balancers.some((arn) => Description === `ELB ${arn.split(':loadbalancer/')[1]}`);
}

/** Returns the security groups that only resources of the site may use. Workload groups are meant for the instances of the firm. */
async function siteOnlyGroups(client: EC2Client, physicalIds: PhysicalIdsByType): Promise<Set<string>> {
  const ours = physicalIds('AWS::EC2::SecurityGroup');
  const found = await collect(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups);
  const isWorkloadGroup = ({ Tags = [] }: (typeof found)[number]) =>
    Tags.some(({ Key, Value }) => Key === 'diptych:role' && Value === 'workload');
  return new Set(found.filter((group) => !isWorkloadGroup(group)).flatMap(({ GroupId = '' }) => (ours.has(GroupId) ? [GroupId] : [])));
}

/** Readers of registered targets and network interfaces, which are foreign unless a template or a service of the site created them. */
export const memberReaders: readonly Reader[] = [targets, interfaces];
