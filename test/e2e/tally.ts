import type { TaskMeta } from 'vitest';

/** How many of how many. */
export interface Count {
  readonly done: number;
  readonly of: number;
}

/** What a test really did, for the line at the end of the run. */
export interface Tally {
  readonly cloud?: Count;
  readonly onPrem?: Count;
  readonly booted?: Count;
  /** Resources deployed that nothing stands behind. */
  readonly inert?: number;
}

declare module 'vitest' {
  interface TaskMeta {
    tally?: Tally;
  }
}

/** Adds what a test counted to the line at the end of the run. */
export function tally(task: { readonly meta: TaskMeta }, counted: Tally): void {
  task.meta.tally = { ...task.meta.tally, ...counted };
}
