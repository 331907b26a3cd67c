import type { Stack } from '../../artifacts/stacks';
import type { RunContext } from '../../process/child';
import type { OrphanedStack } from './orphaned-stack';

/** Tool that deploys to Kubernetes sites: Terraform, or server-side apply by Diptych itself. */
export type OnPremTool = 'terraform' | 'apply';

/** Tool that runs a step. */
export type Tool = 'cdk' | OnPremTool;

/** Result of a step that succeeded. */
export interface StepResult {
  readonly changed: boolean;
  /** Summary of a few words, such as `3 created, 1 changed`. */
  readonly summary: string;
  readonly untainted?: readonly string[];
  readonly unlocked?: readonly string[];
}

/** Start and end of one earlier attempt at a step. */
export interface Attempt {
  readonly started: string;
  /** Latest time at which the attempt can have ended. */
  readonly ended: string;
}

/** What a step receives from the runner. */
export interface StepContext extends RunContext {
  /** Path of the log file of the step. */
  readonly log: string;
  /** Appends a line to the log. */
  readonly say: (line: string) => void;
  /** Attempts since the step last succeeded; each may have left a state lock behind. */
  readonly unfinished: readonly Attempt[];
}

/** The work on one stack, run by one tool. */
export interface Step {
  readonly stack: Stack | OrphanedStack;
  readonly by: Tool;
  run(context: StepContext): Promise<StepResult>;
  /**
   * Fingerprint of the deployed stack as its control plane reports it; it changes with every deployment of the stack. Steps that detect
   * manual changes when they run again have none.
   *
   * @default - the step always runs again
   */
  fingerprint?(): Promise<string | undefined>;
}
