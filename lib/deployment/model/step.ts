import type { Stack } from '../../artifacts/stacks';
import type { RunContext } from '../../process/child';
import type { OrphanedStack } from './orphaned-stack';

/** How the on-prem half is deployed. */
export type OnPremTool = 'terraform' | 'apply';

/** How a step is done. */
export type Tool = 'cdk' | OnPremTool;

/** What a step did. */
export interface StepResult {
  readonly changed: boolean;
  /** In a few words. */
  readonly summary: string;
  readonly untainted?: readonly string[];
  readonly unlocked?: readonly string[];
}

/** An attempt at a step. */
export interface Attempt {
  readonly started: string;
  /** The latest that it can have ended. */
  readonly ended: string;
}

/** What a step is given to work with. */
export interface StepContext extends RunContext {
  /** File that keeps what happens. */
  readonly log: string;
  /** Adds a line to that file. */
  readonly say: (line: string) => void;
  /** Attempts at this very step since it was last done: each may have left something behind. */
  readonly unfinished: readonly Attempt[];
}

/** One stack, done by one tool. */
export interface Step {
  readonly stack: Stack | OrphanedStack;
  readonly by: Tool;
  run(context: StepContext): Promise<StepResult>;
  /**
   * What the control plane says of the stack now, and no longer says once anybody has deployed it anew: for tools that would find nothing else
   * if they did it again.
   *
   * @default - the step is done again, since its tool also mends what was changed by hand
   */
  fingerprint?(): Promise<string | undefined>;
}
