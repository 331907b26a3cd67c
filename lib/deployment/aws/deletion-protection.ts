import { DescribeLoadBalancerAttributesCommand, LoadBalancerNotFoundException } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stack } from '../../artifacts/stacks';
import type { Template } from '../../readback/cloudformation/template';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { Protection } from '../model/preflight';
import type { CloudClients } from './clients';
import { physicalIds, templateOf } from './deployed';
import { liveTemplate } from './live-stacks';
import { describeStack } from './stack-state';

interface Attribute {
  readonly Key: string;
  readonly Value: string;
}

/** Logical ids of the load balancers of a template that have deletion protection. */
export function protectedBalancers({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([logicalId, { Properties = {} }]) => {
    const attributes = (Properties.LoadBalancerAttributes ?? []) as readonly Attribute[];
    return attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true') ? [logicalId] : [];
  });
}

/** ARNs of the deployed load balancers of a stack whose deletion protection is still enabled. */
export async function protectedLiveBalancers(
  stack: string,
  template: Template,
  { cloudFormation, balancing }: CloudClients,
): Promise<string[]> {
  const declared = protectedBalancers(template);
  if (declared.length === 0) return [];
  const ids = await physicalIds(cloudFormation, stack);
  const live = declared.map(async (logicalId) => {
    const arn = ids.get(logicalId);
    return arn !== undefined && (await isProtectedLive(arn, balancing)) ? [arn] : [];
  });
  return (await Promise.all(live)).flat();
}

async function isProtectedLive(LoadBalancerArn: string, client: CloudClients['balancing']): Promise<boolean> {
  try {
    const { Attributes = [] } = await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    return Attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true');
  } catch (error) {
    if (error instanceof LoadBalancerNotFoundException) return false;
    throw error;
  }
}

/** Termination protection, deletion protection and retained resources of a deployed stack. */
export async function awsProtections(stack: Stack | OrphanedStack, { cloudFormation }: CloudClients): Promise<Protection[]> {
  const live = await describeStack(cloudFormation, stack.name);
  if (!live) return [];
  const template = (await liveTemplate(cloudFormation, stack.name)) ?? templateOf(stack);
  const retained = Object.entries(template.Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'));
  return [
    ...(live.EnableTerminationProtection ? [{ what: `stack ${stack.name}`, why: 'termination protection', blocks: true }] : []),
    ...protectedBalancers(template).map((id) => ({
      what: `${stack.name}/${id}`,
      why: 'deletion protection of the load balancer',
      blocks: true,
    })),
    ...retained.map(([id, { Type }]) => ({
      what: `${stack.name}/${id}`,
      why: `${Type} is retained when its stack is deleted`,
      blocks: false,
    })),
  ];
}
