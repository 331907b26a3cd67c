import { rmSync } from 'node:fs';
import type { Change } from '../change';
import { lastLine } from './state';
import type { Terraform } from './terraform';

interface Shown {
  readonly resource_changes?: readonly { readonly address: string; readonly change: { readonly actions: readonly string[] } }[];
}

/** What Terraform says applying a stack would change. */
export async function terraformChanges(terraform: Terraform, log: string): Promise<Change[]> {
  await terraform.run('init', '-input=false');
  const plan = `${log}.tfplan`;
  try {
    await terraform.run('plan', '-lock-timeout=30s', `-out=${plan}`);
    const shown = JSON.parse(lastLine(await terraform.run('show', '-json', plan))) as Shown;
    return (shown.resource_changes ?? []).flatMap(({ address, change }) => {
      const action = actionOf(change.actions);
      return action ? [{ action, what: address }] : [];
    });
  } finally {
    rmSync(plan, { force: true });
  }
}

function actionOf(actions: readonly string[]): Change['action'] | undefined {
  if (actions.length > 1) return 'replace';
  const one: Readonly<Record<string, Change['action']>> = { create: 'add', update: 'change', delete: 'remove' };
  return one[actions[0] ?? ''];
}
