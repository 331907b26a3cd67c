import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isOfKind } from '../../artifacts/stack-kinds';
import { readStacks, requireKinds, type Stack } from '../../artifacts/stacks';
import { StepFailure } from '../../core/refusal';
import type { RunContext } from '../../process/child';
import { Cdk } from '../aws/cdk';
import { cdkChanges, orphanChanges } from '../aws/changes';
import { withControlPlaneErrors } from '../gate/control-plane-errors';
import { type OpenSite, openSites } from '../gate/open-sites';
import { nameConflicts } from '../gate/tenancy';
import { dryRunChanges } from '../kubernetes/dry-run';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { Change } from '../model/preflight';
import { terraformChanges } from '../terraform/changes';
import { Terraform } from '../terraform/terraform';
import type { DeployProps } from './deployment';
import { orderStacks } from './stack-order';

/** Changes that a deployment would make to one stack. */
export interface StackPlan {
  readonly stack: string;
  readonly changes: readonly Change[];
}

/** What to preview. */
export interface PlanProps extends Pick<DeployProps, 'estate' | 'outputs' | 'choice' | 'onPremBy'> {
  readonly signal: AbortSignal;
}

/** Lists what a deployment would change, as the deploying tools report it; changes nothing. */
export async function planDeployment(props: PlanProps): Promise<StackPlan[]> {
  const { outputs, choice } = props;
  const open = await openSites(choice.sites, props.signal);
  const logs = mkdtempSync(join(tmpdir(), 'diptych-plan-'));
  const plans: StackPlan[] = [];
  try {
    const stacks = readStacks(outputs, choice.sites);
    requireKinds(stacks, choice.kinds ?? []);
    const ordered = await orderStacks('plan', stacks, open, props.signal);
    for (const stack of ordered.filter((one) => isOfKind(one, choice.kinds ?? []))) {
      const at = open.find(({ site }) => site.id === stack.site);
      if (!at) continue;
      const log = join(logs, `${stack.name}.log`);
      plans.push({ stack: stack.name, changes: await withControlPlaneErrors(stack.name, () => changesOf(stack, at, log, props)) });
    }
  } catch (error) {
    // The problem names the log, so it must outlive a failed preview.
    if (!(error instanceof StepFailure)) rmSync(logs, { recursive: true });
    throw error;
  }
  rmSync(logs, { recursive: true });
  return plans;
}

async function changesOf(
  stack: Stack | OrphanedStack,
  at: OpenSite,
  log: string,
  { estate, onPremBy, signal }: PlanProps,
): Promise<Change[]> {
  if ('template' in stack) return orphanChanges(stack);
  const context: RunContext = { signal };
  const taken = await nameConflicts({ estate, onPremBy }, [stack], at);
  if (taken.length > 0) return taken.map(({ what, estate: other }) => ({ action: 'refused', what, why: `it belongs to estate ${other}` }));
  if ('clients' in at) return cdkChanges(stack, new Cdk(dirname(stack.file), log, context));
  if (onPremBy === 'apply') return dryRunChanges(stack, estate, at.objects, signal);
  return terraformChanges(new Terraform(dirname(stack.file), log, context), log);
}
