import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Terraform } from './terraform';

/** What a saved plan does to one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    /** One, or `delete` and `create` for one that is replaced. */
    readonly actions: readonly string[];
    /** The resource as it is. */
    readonly before?: unknown;
  };
}

/** What a saved plan does, in Terraform's own words. */
export async function plannedChanges(terraform: Terraform, plan: string): Promise<readonly PlannedChange[]> {
  const shown = (await terraform.show(plan)) as { readonly resource_changes?: readonly PlannedChange[] };
  return shown.resource_changes ?? [];
}

const suffix = '.tfplan';

/** Makes a plan that is saved for as long as some work takes: it may hold values, so that it does not stay. */
export async function withSavedPlan<T>(log: string, work: (plan: string) => Promise<T>): Promise<T> {
  const plan = `${log}${suffix}`;
  try {
    return await work(plan);
  } finally {
    rmSync(plan, { force: true });
  }
}

/** Removes the plans that were still saved when deployments were killed. */
export function removeLeftoverPlans(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith(suffix)) rmSync(join(folder, path), { force: true });
  }
}
