import { dirname } from 'node:path';
import { DeleteStackCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { ModifyLoadBalancerAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stack } from '../../artifacts/stacks';
import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { Step, StepContext, StepResult } from '../model/step';
import { Cdk, cdkFailure } from './cdk';
import type { CloudClients } from './clients';
import { protectedLiveBalancers } from './deletion-protection';
import { templateOf } from './deployed';
import { liveTemplate } from './live-stacks';
import { describeStack, waitUntilSettled } from './stack-state';

/** The step that destroys one stack of the cloud half; what is protected is unprotected only where that was asked for. */
export function cdkDestroyStep(stack: Stack | OrphanedStack, clients: CloudClients, unprotect: boolean): Step {
  return { stack, by: 'cdk', run: (context) => destroy(stack, clients, unprotect, context) };
}

async function destroy(stack: Stack | OrphanedStack, clients: CloudClients, unprotect: boolean, context: StepContext): Promise<StepResult> {
  await waitUntilSettled(clients.cloudFormation, stack.name, context.signal);
  if (!(await describeStack(clients.cloudFormation, stack.name))) return { changed: false, summary: 'was not there' };
  if (unprotect) await liftProtection(stack, clients);
  if ('template' in stack) await deleteStack(stack, clients, context);
  else await destroyByCdk(stack, context);
  return { changed: true, summary: 'destroyed' };
}

async function destroyByCdk(stack: Stack, context: StepContext): Promise<void> {
  const outcome = await new Cdk(dirname(stack.file), context.log, context).destroy(stack.name);
  const fix = `Read ${context.log}, mend the cause, and run the same command again.`;
  if (outcome.code !== 0) throw cdkFailure(stack.name, 'destroy the stack', outcome, fix);
}

/** The CDK knows only what is emitted. */
async function deleteStack({ name }: OrphanedStack, { cloudFormation }: CloudClients, { signal, say, log }: StepContext): Promise<void> {
  say(`deletes ${name}, which has left the description`);
  await cloudFormation.send(new DeleteStackCommand({ StackName: name }));
  await waitUntilSettled(cloudFormation, name, signal);
  const { StackStatus, StackStatusReason = StackStatus } = (await describeStack(cloudFormation, name)) ?? {};
  if (StackStatus === undefined) return;
  const fix = `Read its events in CloudFormation and ${log}, mend the cause, and run the same command again.`;
  throw new StepFailure(
    problem('DEP006', name, { cannot: 'delete the stack', as: 'CloudFormation must delete it', value: StackStatusReason, fix }),
  );
}

async function liftProtection(stack: Stack | OrphanedStack, clients: CloudClients): Promise<void> {
  const { cloudFormation, balancing } = clients;
  await cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName: stack.name, EnableTerminationProtection: false }));
  const template = (await liveTemplate(cloudFormation, stack.name)) ?? templateOf(stack);
  for (const LoadBalancerArn of await protectedLiveBalancers(stack.name, template, clients)) {
    const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
    await balancing.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
  }
}
