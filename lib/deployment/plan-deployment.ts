import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Change } from './change';
import type { RunContext } from './child';
import type { Choice } from './choice';
import { Cdk } from './cloud/cdk';
import { cloudChanges } from './cloud/plan';
import { applyChanges } from './cluster/plan';
import { unlessDenied } from './denial';
import { type OpenSite, openSites } from './open-sites';
import { StepFailure } from './refusal';
import { type Outputs, readStacks, type Stack } from './stacks';
import type { OnPremTool } from './step';
import { terraformChanges } from './terraform/plan';
import { Terraform } from './terraform/terraform';

/** What would become of one stack. */
export interface StackPlan {
  readonly stack: string;
  readonly changes: readonly Change[];
}

/** Says what a deployment would change, by asking the tools that would do it; nothing is changed. */
export async function planDeployment(outputs: Outputs, choice: Choice, onPremBy: OnPremTool, signal: AbortSignal): Promise<StackPlan[]> {
  const open = await openSites(choice.sites);
  const logs = mkdtempSync(join(tmpdir(), 'diptych-plan-'));
  const plans: StackPlan[] = [];
  try {
    for (const stack of readStacks(outputs, choice.sites)) {
      const at = open.find(({ site }) => site.id === stack.site);
      if (!at) continue;
      const log = join(logs, `${stack.name}.log`);
      plans.push({ stack: stack.name, changes: await unlessDenied(stack.name, () => changesOf(stack, at, onPremBy, log, { signal })) });
    }
  } catch (error) {
    // What a tool printed as it failed is read afterwards.
    if (!(error instanceof StepFailure)) rmSync(logs, { recursive: true });
    throw error;
  }
  rmSync(logs, { recursive: true });
  return plans;
}

function changesOf(stack: Stack, at: OpenSite, onPremBy: OnPremTool, log: string, context: RunContext): Promise<Change[]> {
  if ('clients' in at) return cloudChanges(stack, new Cdk(dirname(stack.file), log, context));
  if (onPremBy === 'apply') return applyChanges(stack, at.objects, context.signal);
  return terraformChanges(new Terraform(dirname(stack.file), log, context), log);
}
