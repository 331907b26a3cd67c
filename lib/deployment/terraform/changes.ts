import type { Change } from '../model/preflight';
import { plannedChanges, withSavedPlan } from './saved-plan';
import type { Terraform } from './terraform';

/** Changes that applying a stack would make, as `terraform plan` reports them. */
export async function terraformChanges(terraform: Terraform, log: string): Promise<Change[]> {
  await terraform.run('init', '-input=false');
  return withSavedPlan(log, async (plan) => {
    await terraform.run('plan', '-lock-timeout=30s', `-out=${plan}`);
    return (await plannedChanges(terraform, plan)).flatMap(({ address, change }) => {
      const action = actionOf(change.actions);
      return action ? [{ action, what: address }] : [];
    });
  });
}

function actionOf(actions: readonly string[]): Change['action'] | undefined {
  if (actions.length > 1) return 'replace';
  const one: Readonly<Record<string, Change['action']>> = { create: 'add', update: 'change', delete: 'remove' };
  return one[actions[0] ?? ''];
}
