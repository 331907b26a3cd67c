import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../core/refusal';
import { groupIsRunning } from '../../process/process-identity';
import { deploymentProblem } from '../codes';
import type { Attempt, Step } from '../model/step';
import type { DeploymentRecord, StepRecord } from './record';

/** What remains of an unfinished run of the same artifacts. */
export interface Resumption {
  /** Number of the unfinished run. */
  readonly number: number;
  /** Stacks that were completed and have not been deployed since, by name. */
  readonly done: ReadonlyMap<string, Pick<StepRecord, 'doneIn' | 'fingerprint'>>;
  /** Stacks that were completed and have been deployed since by somebody else. */
  readonly changed: readonly string[];
  /** Stacks whose step was running when the run ended. */
  readonly interrupted: readonly string[];
}

/** Milliseconds between two checks for leftover processes. */
const intervalMilliseconds = 200;

/** Milliseconds within which leftover processes must end; the parent-death watch kills them after 60 s. */
const leftoverMilliseconds = 75_000;

/**
 * Compares the last run with the current one; undefined if the last run finished, had another action or deployed other artifacts.
 *
 * The record only holds what this machine did, so each completed stack is compared with its control plane.
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

/** Milliseconds after its last output in which a tool may still acquire a state lock. */
const silentMilliseconds = 5_000;

/**
 * Attempts at a step since it last succeeded, for any artifacts. A killed attempt counts as ended shortly after the last write to its log.
 *
 * @param earlier - steps of all runs so far, oldest first
 * @param folder - folder of the records, which holds the logs
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
 * Waits until the processes of a killed run have ended; they received SIGTERM when it was killed.
 *
 * @throws {Refusal} DEP028 if they are still running after the timeout
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
  say(`waiting up to ${timeoutMilliseconds / 1000} s for processes of an earlier run to end: ${stacks}`);
  for (const until = Date.now() + timeoutMilliseconds; left.length > 0; left = stillLeft()) {
    if (Date.now() > until) throw stillRunning(last?.number, left);
    await sleep(intervalMilliseconds, undefined, { signal });
  }
}

function stillRunning(number: number | undefined, left: readonly StepRecord[]): Refusal {
  const groups = left.flatMap((step) => step.groups.filter(groupIsRunning).map(({ pid }) => pid)).join(', ');
  return new Refusal('refused', [
    deploymentProblem('DEP028', `deployments/${number}`, {
      wrong: `process group ${groups} of this run is still running`,
      rule: 'all processes of an earlier run must have ended',
      fix: `Find them with ps -o pid,pgid,args -g ${groups}, end them, and run the same command again.`,
    }),
  ]);
}

/** Fingerprint of the deployed stack as its control plane reports it; undefined if it cannot be read, in which case the step runs again. */
export async function fingerprintOf(step: Step): Promise<string | undefined> {
  try {
    return await step.fingerprint?.();
  } catch {
    return undefined;
  }
}
