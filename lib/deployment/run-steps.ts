import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Problem, problem } from '../core/problem';
import type { Keeper } from './keeper';
import { markOf } from './mark';
import type { StepRecord } from './record-schema';
import { StepFailure } from './refusal';
import { unfinishedAttempts } from './resume';
import { firstInFront, inSchedule, type StackEnd } from './schedule';
import type { Attempt, Step, StepContext } from './step';

/** How steps are run. */
export interface RunProps {
  readonly steps: readonly Step[];
  readonly keeper: Keeper;
  /** Folder of the records; logs stand below it. */
  readonly folder: string;
  readonly first?: string;
  /** The steps of all deployments so far, the oldest first. */
  readonly earlier: readonly StepRecord[];
  readonly signal: AbortSignal;
}

/** Runs every step that is not done, in order, and keeps what happens; a step that fails stops those that depend on it only. */
export async function runSteps({ steps, keeper, folder, first, earlier, signal }: RunProps): Promise<void> {
  const byName = new Map(steps.map((step) => [step.stack.name, step]));
  const stacks = firstInFront(
    steps.map(({ stack }) => stack),
    first,
  );
  await inSchedule(stacks, first, async ({ name }, blockedBy) => {
    const step = byName.get(name);
    if (keeper.step(name).status === 'done' || !step) return 'done';
    if (blockedBy !== undefined || signal.aborted) {
      keeper.update(name, {
        status: 'not-reached',
        summary: blockedBy === undefined ? 'cancelled before it began' : `${blockedBy} was not done`,
      });
      return 'not-done';
    }
    return runStep(step, keeper, contextOf(name, keeper, folder, unfinishedAttempts(step, earlier, folder), signal));
  });
}

function contextOf(name: string, keeper: Keeper, folder: string, unfinished: readonly Attempt[], signal: AbortSignal): StepContext {
  const log = join(folder, keeper.step(name).log);
  mkdirSync(dirname(log), { recursive: true });
  return {
    log,
    unfinished,
    signal,
    say: (line) => appendFileSync(log, `${line}\n`),
    onStart: (group) => keeper.update(name, { groups: [...keeper.step(name).groups, group] }),
  };
}

async function runStep(step: Step, keeper: Keeper, context: StepContext): Promise<StackEnd> {
  const { name } = step.stack;
  keeper.update(name, { status: 'running', started: new Date().toISOString() });
  try {
    const { changed, summary, untainted = [], unlocked = [] } = await step.run(context);
    keeper.update(name, {
      status: 'done',
      ended: new Date().toISOString(),
      changed,
      summary,
      untainted: [...untainted],
      unlocked: [...unlocked],
      mark: await markOf(step),
    });
    return 'done';
  } catch (error) {
    const ended = new Date().toISOString();
    if (context.signal.aborted) {
      keeper.update(name, { status: 'interrupted', ended, summary: 'cancelled' });
    } else {
      const found = problemOf(error, name, context.log);
      context.say(found.message);
      keeper.update(name, { status: 'failed', ended, summary: found.message, problem: found });
    }
    return 'not-done';
  }
}

function problemOf(error: unknown, name: string, log: string): Problem {
  if (error instanceof StepFailure) return error.problem;
  const { name: kind, message } = error as Error;
  const fix = `Read ${log}, mend the cause, and run the same command again: it goes on with this stack.`;
  return problem('DEP006', name, { cannot: 'deploy the stack', as: 'every request must be answered', value: `${kind}: ${message}`, fix });
}
