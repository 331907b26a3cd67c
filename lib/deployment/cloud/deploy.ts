import { dirname } from 'node:path';
import { problem } from '../../core/problem';
import { StepFailure } from '../refusal';
import type { Stack } from '../stacks';
import type { Step, StepContext, StepResult } from '../step';
import { Cdk } from './cdk';
import type { CloudClients } from './clients';
import { settled } from './stack-state';

/** The step that deploys one stack of the cloud half. */
export function cloudStep(stack: Stack, clients: CloudClients): Step {
  return { stack, by: 'cdk', run: (context) => deploy(stack, clients, context) };
}

async function deploy(stack: Stack, { cloudFormation }: CloudClients, context: StepContext): Promise<StepResult> {
  if (await settled(cloudFormation, stack.name, context.signal))
    context.say('waited until CloudFormation had finished what an earlier run began');
  const { code, output } = await new Cdk(dirname(stack.file), context.log, context).deploy(stack.name);
  if (code !== 0) throw new StepFailure(failed(stack, context.log, code, output));
  // The CDK says it of a stack whose template and parameters are those that are deployed.
  const changed = !output.includes(`${stack.name} (no changes)`);
  return { changed, summary: changed ? 'deployed' : 'nothing changed' };
}

function failed(stack: Stack, log: string, code: number, output: string) {
  const said = output
    .split('\n')
    .filter((line) => /failed|error|❌/i.test(line))
    .at(-1)
    ?.trim();
  const fix = `Read ${log}, mend the cause, and run the same command again: it goes on with this stack.`;
  return problem('DEP006', stack.name, { cannot: 'deploy the stack', as: 'the CDK must end with 0', value: said ?? code, fix });
}
