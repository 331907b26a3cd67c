import type { TaskMeta } from 'vitest';

/** A number out of a total. */
export interface Count {
  readonly done: number;
  readonly of: number;
}

/** What a test did, for the last line of the run. */
export interface Tally {
  readonly cloud?: Count;
  readonly onPrem?: Count;
  readonly booted?: Count;
  /** Number of deployed resources without an implementation. */
  readonly inert?: number;
}

declare module 'vitest' {
  interface TaskMeta {
    tally?: Tally;
  }
}

/** Adds the counts of a test to the last line of the run. */
export function tally(task: { readonly meta: TaskMeta }, counted: Tally): void {
  task.meta.tally = { ...task.meta.tally, ...counted };
}
