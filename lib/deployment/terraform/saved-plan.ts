import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Terraform } from './terraform';

/** Planned change of one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    /** One action, or `delete` and `create` for a replacement. */
    readonly actions: readonly string[];
    /** Attributes before the change. */
    readonly before?: unknown;
  };
}

/** Changes of a saved plan. */
export async function plannedChanges(terraform: Terraform, plan: string): Promise<readonly PlannedChange[]> {
  const shown = (await terraform.show(plan)) as { readonly resource_changes?: readonly PlannedChange[] };
  return shown.resource_changes ?? [];
}

const suffix = '.tfplan';

/** Provides a path for a saved plan and deletes the file afterwards, because a plan can contain sensitive values. */
export async function withSavedPlan<T>(log: string, work: (plan: string) => Promise<T>): Promise<T> {
  const plan = `${log}${suffix}`;
  try {
    return await work(plan);
  } finally {
    rmSync(plan, { force: true });
  }
}

/** Deletes saved plans of runs that were killed. */
export function removeLeftoverPlans(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith(suffix)) rmSync(join(folder, path), { force: true });
  }
}
