import type { Protection } from '../protection';
import type { Stack } from '../stacks';
import type { CloudClients } from './clients';
import { type Template, templateOf } from './deployed';
import { describeStack } from './stack-state';

interface Attribute {
  readonly Key: string;
  readonly Value: string;
}

/** Logical ids of the balancers of a template that are protected against deletion. */
export function protectedBalancers({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([logicalId, { Properties = {} }]) => {
    const attributes = (Properties.LoadBalancerAttributes ?? []) as readonly Attribute[];
    return attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true') ? [logicalId] : [];
  });
}

/** What keeps a stack of the cloud half, or parts of it, from being destroyed. */
export async function cloudProtections(stack: Stack, { cloudFormation }: CloudClients): Promise<Protection[]> {
  const live = await describeStack(cloudFormation, stack.name);
  if (!live) return [];
  const template = templateOf(stack);
  const retained = Object.entries(template.Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'));
  return [
    ...(live.EnableTerminationProtection ? [{ what: `stack ${stack.name}`, why: 'termination protection', holds: true }] : []),
    ...protectedBalancers(template).map((id) => ({ what: `${stack.name}/${id}`, why: 'deletion protection of the balancer', holds: true })),
    ...retained.map(([id, { Type }]) => ({
      what: `${stack.name}/${id}`,
      why: `${Type} is retained: it stays when its stack goes`,
      holds: false,
    })),
  ];
}
