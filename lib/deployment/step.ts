import type { RunContext } from './child';
import type { Stack } from './stacks';

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

/** What a step is given to work with. */
export interface StepContext extends RunContext {
  /** File that keeps what happens. */
  readonly log: string;
  /** Adds a line to that file. */
  readonly say: (line: string) => void;
  /** Whether an earlier run of this very step ended in the middle. */
  readonly wasInterrupted: boolean;
}

/** One stack, done by one tool. */
export interface Step {
  readonly stack: Stack;
  readonly by: Tool;
  run(context: StepContext): Promise<StepResult>;
}
