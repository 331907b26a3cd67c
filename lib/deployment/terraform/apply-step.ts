import { dirname } from 'node:path';
import type { Stack } from '../../artifacts/stacks';
import { StepFailure } from '../../core/refusal';
import { stackObjects } from '../../readback/terraform/stack-objects';
import type { Objects } from '../kubernetes/client/objects';
import { waitForRollouts } from '../kubernetes/rollout/rollouts';
import type { Step, StepContext, StepResult } from '../model/step';
import { refuseNamespacesInUse } from './namespace-removals';
import { plannedChanges, withSavedPlan } from './saved-plan';
import { releaseOwnLock, untaintDeployments } from './state';
import { Terraform } from './terraform';

/** Step that deploys one stack with Terraform. */
export function terraformApplyStep(stack: Stack, objects: Objects): Step {
  return { stack, by: 'terraform', run: (context) => deploy(stack, objects, context) };
}

/** Exit code of `terraform plan -detailed-exitcode` if there are changes. */
const changes = 2;

async function deploy(stack: Stack, objects: Objects, context: StepContext): Promise<StepResult> {
  const terraform = new Terraform(dirname(stack.file), context.log, context);
  await terraform.run('init', '-input=false');
  const unlocked = await releaseOwnLock(terraform, context.unfinished);
  const untainted = await untaintDeployments(terraform);
  for (const address of untainted) context.say(`kept ${address} from being replaced: its creation had timed out`);
  const kept = { ...(untainted.length > 0 && { untainted }), ...(unlocked.length > 0 && { unlocked }) };
  // Applying the saved plan ensures that exactly the checked changes are made.
  return withSavedPlan(context.log, async (plan) => {
    const args = ['plan', '-detailed-exitcode', '-lock-timeout=30s', `-out=${plan}`];
    const { code, output } = await terraform.attempt(...args);
    const rolledOut = () =>
      waitForRollouts(
        objects,
        stackObjects(stack).map(({ object }) => object),
        context.signal,
        context.say,
      );
    if (code === 0) {
      await rolledOut();
      return { changed: untainted.length > 0, summary: 'nothing changed', ...kept };
    }
    if (code !== changes) throw new StepFailure(terraform.failed(args, output));
    await refuseNamespacesInUse(stack.name, await plannedChanges(terraform, plan), objects, context.say);
    const applied = await terraform.run('apply', '-lock-timeout=30s', plan);
    // Terraform waits for the rollout of an autoscaled Deployment, but not for its autoscaler.
    await rolledOut();
    return { changed: true, summary: summaryOf(applied), ...kept };
  });
}

function summaryOf(output: string): string {
  const [, added, changed, destroyed] = /(\d+) added, (\d+) changed, (\d+) destroyed/.exec(output) ?? [];
  return added === undefined ? 'applied' : `${added} created, ${changed} changed, ${destroyed} removed`;
}
