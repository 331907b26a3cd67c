import { dirname } from 'node:path';
import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { ModifyLoadBalancerAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stack } from '../stacks';
import type { Step, StepContext, StepResult } from '../step';
import { Cdk, cdkFailure } from './cdk';
import type { CloudClients } from './clients';
import { physicalIds, templateOf } from './deployed';
import { protectedBalancers } from './protection';
import { describeStack, settled } from './stack-state';

/** The step that destroys one stack of the cloud half; what is protected is unprotected only where that was asked for. */
export function cloudDestruction(stack: Stack, clients: CloudClients, unprotect: boolean): Step {
  return { stack, by: 'cdk', run: (context) => destroy(stack, clients, unprotect, context) };
}

async function destroy(stack: Stack, clients: CloudClients, unprotect: boolean, context: StepContext): Promise<StepResult> {
  await settled(clients.cloudFormation, stack.name, context.signal);
  if (!(await describeStack(clients.cloudFormation, stack.name))) return { changed: false, summary: 'was not there' };
  if (unprotect) await liftProtection(stack, clients);
  const outcome = await new Cdk(dirname(stack.file), context.log, context).destroy(stack.name);
  const fix = `Read ${context.log}, mend the cause, and run the same command again.`;
  if (outcome.code !== 0) throw cdkFailure(stack.name, 'destroy the stack', outcome, fix);
  return { changed: true, summary: 'destroyed' };
}

async function liftProtection(stack: Stack, { cloudFormation, balancing }: CloudClients): Promise<void> {
  await cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName: stack.name, EnableTerminationProtection: false }));
  const made = await physicalIds(cloudFormation, stack.name);
  for (const logicalId of protectedBalancers(templateOf(stack))) {
    const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
    const LoadBalancerArn = made.get(logicalId);
    if (LoadBalancerArn !== undefined) await balancing.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
  }
}
