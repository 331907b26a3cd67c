import { dirname } from 'node:path';
import type { Stack } from '../../artifacts/stacks';
import type { Step, StepContext, StepResult } from '../model/step';
import { Cdk, cdkFailure } from './cdk';
import type { CloudClients } from './clients';
import { stackFingerprint, waitUntilSettled } from './stack-state';

/** Step that deploys one stack with `cdk deploy`. */
export function cdkDeployStep(stack: Stack, clients: CloudClients): Step {
  return {
    stack,
    by: 'cdk',
    run: (context) => deploy(stack, clients, context),
    fingerprint: () => stackFingerprint(clients.cloudFormation, stack.name),
  };
}

async function deploy(stack: Stack, { cloudFormation }: CloudClients, context: StepContext): Promise<StepResult> {
  if (await waitUntilSettled(cloudFormation, stack.name, context.signal))
    context.say('waited until CloudFormation had finished the operation of an earlier run');
  const outcome = await new Cdk(dirname(stack.file), context.log, context).deploy(stack.name);
  if (outcome.code !== 0) throw cdkFailure(stack.name, 'deploy', outcome, context.log);
  // Printed by the CDK if template and parameters equal the deployed ones.
  const changed = !outcome.output.includes(`${stack.name} (no changes)`);
  return { changed, summary: changed ? 'deployed' : 'nothing changed' };
}
