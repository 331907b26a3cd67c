import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { groupIsRunning } from '../../process/process-identity';
import type { Attempt, Step } from '../model/step';
import type { DeploymentRecord, StepRecord } from './record';

/** What an unfinished deployment of the same artifacts leaves to do. */
export interface Resumption {
  /** Number of that deployment. */
  readonly number: number;
  /** Stacks that were done and are as they were then, by name: in which deployment, and the mark they bear. */
  readonly done: ReadonlyMap<string, Pick<StepRecord, 'doneIn' | 'fingerprint'>>;
  /** Stacks that were done and that somebody has deployed since. */
  readonly changed: readonly string[];
  /** Stacks that it was in the middle of. */
  readonly interrupted: readonly string[];
}

/** Milliseconds between two looks at what is still ending. */
const intervalMilliseconds = 200;

/** Milliseconds in which what a killed deployment left has ended: its leash ends it after a minute. */
const leftoverMilliseconds = 75_000;

/**
 * What can be taken up of the last deployment: of other artifacts nothing is, and a finished one leaves nothing.
 *
 * The record says what was done from here only; whether it still is, the control plane knows.
 */
export async function resumptionOf(
  last: DeploymentRecord | undefined,
  { action, artifacts }: Pick<DeploymentRecord, 'action' | 'artifacts'>,
  steps: readonly Step[],
): Promise<Resumption | undefined> {
  if (!last || last.outcome === 'done' || last.action !== action || last.artifacts !== artifacts) return undefined;
  const before = new Map(last.steps.map((step) => [step.stack, step]));
  const same = steps.flatMap((step) => {
    const earlier = before.get(step.stack.name);
    return earlier?.by === step.by ? [{ step, earlier }] : [];
  });
  const fingerprinted = same.filter(({ earlier: { status, fingerprint } }) => status === 'done' && fingerprint !== undefined);
  const compared = await Promise.all(
    fingerprinted.map(async ({ step, earlier }) => ({ earlier, same: (await fingerprintOf(step)) === earlier.fingerprint })),
  );
  const unchanged = compared.flatMap(({ earlier, same }) => (same ? [earlier] : []));
  return {
    number: last.number,
    done: new Map(unchanged.map(({ stack, doneIn = last.number, fingerprint }) => [stack, { doneIn, fingerprint }])),
    changed: compared.flatMap(({ earlier, same }) => (same ? [] : [earlier.stack])),
    interrupted: same.flatMap(({ earlier: { stack, status } }) => (status === 'running' || status === 'interrupted' ? [stack] : [])),
  };
}

/** Milliseconds in which a tool that has begun, or has said something, may still take a lock before it is heard of again. */
const silentMilliseconds = 5_000;

/**
 * Attempts at a step since it was last done, of whatever artifacts; one that was killed ended when its log was last written to, or soon after.
 *
 * @param earlier - the steps of all deployments so far, the oldest first
 * @param folder - where their logs stand
 */
export function unfinishedAttempts({ stack, by }: Step, earlier: readonly StepRecord[], folder: string): Attempt[] {
  const attempts = earlier.filter((step) => step.stack === stack.name && step.by === by && step.started !== undefined);
  const since = attempts.slice(attempts.findLastIndex(({ status }) => status === 'done') + 1);
  return since.map(({ started = '', ended, log }, index) => {
    const next = since[index + 1]?.started;
    const heardOf = lastHeardOf(join(folder, log)) ?? started;
    return { started, ended: ended ?? (next !== undefined && next < heardOf ? next : heardOf) };
  });
}

function lastHeardOf(log: string): string | undefined {
  const written = statSync(log, { throwIfNoEntry: false });
  return written && new Date(written.mtimeMs + silentMilliseconds).toISOString();
}

/**
 * Waits until the tools of a deployment that was killed have ended: they were told to when it was.
 *
 * @throws {Refusal} DEP005 where they have not after more than the time they are given
 */
export async function waitForLeftovers(
  last: DeploymentRecord | undefined,
  signal: AbortSignal,
  say: (line: string) => void,
  timeoutMilliseconds = leftoverMilliseconds,
): Promise<void> {
  const stillLeft = () => last?.steps.filter(({ status, groups }) => status === 'running' && groups.some(groupIsRunning)) ?? [];
  let left = stillLeft();
  if (left.length === 0) return;
  const stacks = left.map(({ stack }) => stack).join(', ');
  say(`waits until what an earlier run left of ${stacks} has ended, for ${timeoutMilliseconds / 1000} s at most`);
  for (const until = Date.now() + timeoutMilliseconds; left.length > 0; left = stillLeft()) {
    if (Date.now() > until) throw stillRunning(last?.number, left);
    await sleep(intervalMilliseconds, undefined, { signal });
  }
}

function stillRunning(number: number | undefined, left: readonly StepRecord[]): Refusal {
  const groups = left.flatMap((step) => step.groups.filter(groupIsRunning).map(({ pid }) => pid)).join(', ');
  const fix = `See what it is: ps -o pid,pgid,args -g ${groups}; end it, and run the same command again.`;
  const statement = { cannot: 'deploy', as: 'what an earlier run started must have ended', value: `process group ${groups}`, fix };
  return new Refusal('refused', [problem('DEP005', `deployments/${number}`, statement)]);
}

/** The mark that a stack bears in its control plane; one that cannot be asked for is none, which costs no more than doing the step again. */
export async function fingerprintOf(step: Step): Promise<string | undefined> {
  try {
    return await step.fingerprint?.();
  } catch {
    return undefined;
  }
}
