import { lastLine } from './state';
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
  const shown = JSON.parse(lastLine(await terraform.run('show', '-json', plan))) as {
    readonly resource_changes?: readonly PlannedChange[];
  };
  return shown.resource_changes ?? [];
}
