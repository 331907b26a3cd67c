import { dirname } from 'node:path';
import type { Stack } from '../../artifacts/stacks';
import type { Step, StepContext, StepResult } from '../model/step';
import { Cdk, cdkFailure } from './cdk';
import type { CloudClients } from './clients';
import { stackFingerprint, waitUntilSettled } from './stack-state';

/** The step that deploys one stack of the cloud half. */
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
    context.say('waited until CloudFormation had finished what an earlier run began');
  const outcome = await new Cdk(dirname(stack.file), context.log, context).deploy(stack.name);
  const fix = `Read ${context.log}, mend the cause, and run the same command again: it goes on with this stack.`;
  if (outcome.code !== 0) throw cdkFailure(stack.name, 'deploy the stack', outcome, fix);
  // The CDK says it of a stack whose template and parameters are those that are deployed.
  const changed = !outcome.output.includes(`${stack.name} (no changes)`);
  return { changed, summary: changed ? 'deployed' : 'nothing changed' };
}
