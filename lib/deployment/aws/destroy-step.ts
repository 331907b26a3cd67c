import { dirname } from 'node:path';
import { DeleteStackCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { ModifyLoadBalancerAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Stack } from '../../artifacts/stacks';
import { quote } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { Step, StepContext, StepResult } from '../model/step';
import { Cdk, cdkFailure } from './cdk';
import type { CloudClients } from './clients';
import { protectedLiveBalancers } from './deletion-protection';
import { templateOf } from './deployed';
import { liveTemplate } from './live-stacks';
import { describeStack, waitUntilSettled } from './stack-state';

/** Step that destroys one stack; protection is only removed if `unprotect` is true. */
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
  if (outcome.code !== 0) throw cdkFailure(stack.name, 'destroy', outcome, context.log);
}

/** Deletes an orphaned stack through the API, because `cdk destroy` only knows emitted stacks. */
async function deleteStack({ name }: OrphanedStack, { cloudFormation }: CloudClients, { signal, say, log }: StepContext): Promise<void> {
  say(`deletes ${name}, whose zones were removed from the description`);
  await cloudFormation.send(new DeleteStackCommand({ StackName: name }));
  await waitUntilSettled(cloudFormation, name, signal);
  const { StackStatus, StackStatusReason = StackStatus } = (await describeStack(cloudFormation, name)) ?? {};
  if (StackStatus === undefined) return;
  throw new StepFailure(
    deploymentProblem('DEP025', name, {
      wrong: `CloudFormation did not delete the stack: ${quote(StackStatusReason)}`,
      rule: 'a stack whose zones were removed must be deleted',
      fix: `Read its events in CloudFormation and ${log}, correct the cause, and run the same command again.`,
    }),
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
