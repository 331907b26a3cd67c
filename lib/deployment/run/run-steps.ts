import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatProblem, type Problem, quote } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import type { Attempt, Step, StepContext } from '../model/step';
import type { Journal } from './journal';
import type { StepRecord } from './record';
import { fingerprintOf, unfinishedAttempts } from './resume';
import { runScheduled, type StackEnd, siteFirst } from './schedule';

/** The steps to run, and where to record them. */
export interface RunProps {
  readonly steps: readonly Step[];
  readonly journal: Journal;
  /** Folder of the records and logs. */
  readonly folder: string;
  readonly first?: string;
  /** Steps of all runs so far, oldest first. */
  readonly earlier: readonly StepRecord[];
  readonly signal: AbortSignal;
}

/**
 * Runs every step that is not done, in order, and records the outcome. A failed step only blocks the steps that depend on it.
 *
 * @throws {StepFailure} DEP020 if the record can no longer be written; the other steps are cancelled first
 */
export async function runSteps({ steps, journal, folder, first, earlier, signal }: RunProps): Promise<void> {
  const byName = new Map(steps.map((step) => [step.stack.name, step]));
  const stacks = siteFirst(
    steps.map(({ stack }) => stack),
    first,
  );
  const writeFailed = new AbortController();
  const ending = AbortSignal.any([signal, writeFailed.signal]);
  const runOrPass = async (name: string, blockedBy: string | undefined): Promise<StackEnd> => {
    const step = byName.get(name);
    if (journal.step(name).status === 'done' || !step) return 'done';
    if (blockedBy !== undefined || ending.aborted) {
      journal.update(name, {
        status: 'not-reached',
        summary: blockedBy === undefined ? 'cancelled before it began' : `${blockedBy} was not done`,
      });
      return 'not-done';
    }
    return runStep(step, journal, contextOf(name, journal, folder, unfinishedAttempts(step, earlier, folder), ending));
  };
  await runScheduled(stacks, first, ({ name }, blockedBy) =>
    runOrPass(name, blockedBy).catch((error: unknown) => {
      writeFailed.abort(error);
      // Writing the log fails, too, if the disk is full.
      throw journal.writeFailure(error);
    }),
  );
}

function contextOf(name: string, journal: Journal, folder: string, unfinished: readonly Attempt[], signal: AbortSignal): StepContext {
  const log = join(folder, journal.step(name).log);
  mkdirSync(dirname(log), { recursive: true });
  return {
    log,
    unfinished,
    signal,
    say: (line) => appendFileSync(log, `${line}\n`),
    onStart: (group) => journal.update(name, { groups: [...journal.step(name).groups, group] }),
  };
}

async function runStep(step: Step, journal: Journal, context: StepContext): Promise<StackEnd> {
  const { name } = step.stack;
  journal.update(name, { status: 'running', started: new Date().toISOString() });
  const end = await endOf(step, context);
  journal.update(name, { ...end, ended: new Date().toISOString() });
  return end.status === 'done' ? 'done' : 'not-done';
}

async function endOf(step: Step, context: StepContext): Promise<Partial<StepRecord>> {
  try {
    const { changed, summary, untainted = [], unlocked = [] } = await step.run(context);
    return { status: 'done', changed, summary, untainted: [...untainted], unlocked: [...unlocked], fingerprint: await fingerprintOf(step) };
  } catch (error) {
    if (context.signal.aborted) return { status: 'interrupted', summary: 'cancelled' };
    const found = problemOf(error, step.stack.name, context.log);
    const summary = formatProblem(found);
    context.say(summary);
    return { status: 'failed', summary, problem: found };
  }
}

function problemOf(error: unknown, name: string, log: string): Problem {
  if (error instanceof StepFailure) return error.problem;
  const { name: kind, message } = error as Error;
  return deploymentProblem('DEP026', name, {
    wrong: `a request failed: ${quote(`${kind}: ${message}`)}`,
    rule: 'every request of a step must succeed',
    fix: `Read ${log}, correct the cause, and run the same command again: it resumes at this stack.`,
  });
}
