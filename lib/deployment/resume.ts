import { setTimeout as sleep } from 'node:timers/promises';
import { groupIsRunning } from './process-identity';
import type { DeploymentRecord, StepRecord } from './record-schema';
import type { Step } from './step';

/** What an unfinished deployment of the same artifacts leaves to do. */
export interface Resumption {
  /** Number of that deployment. */
  readonly number: number;
  /** Number of the deployment in which a stack was done, by name. */
  readonly done: ReadonlyMap<string, number>;
  /** Stacks that it was in the middle of. */
  readonly interrupted: ReadonlySet<string>;
}

/** Milliseconds between two looks at what is still ending. */
const lookMilliseconds = 200;

/** What can be taken up of the last deployment: of other artifacts nothing is, and a finished one leaves nothing. */
export function resumptionOf(
  last: DeploymentRecord | undefined,
  { action, artifacts }: Pick<DeploymentRecord, 'action' | 'artifacts'>,
  steps: readonly Step[],
): Resumption | undefined {
  if (!last || last.outcome === 'done' || last.action !== action || last.artifacts !== artifacts) return undefined;
  const before = new Map(last.steps.map((step) => [step.stack, step]));
  const same = steps.flatMap(({ stack, by }) => {
    const earlier = before.get(stack.name);
    return earlier?.by === by ? [earlier] : [];
  });
  const done = new Map(same.filter(({ status }) => status === 'done').map(({ stack, doneIn }) => [stack, doneIn ?? last.number]));
  return { number: last.number, done, interrupted: interruptedIn(same) };
}

function interruptedIn(steps: readonly StepRecord[]): Set<string> {
  return new Set(steps.filter(({ status }) => status === 'running' || status === 'interrupted').map(({ stack }) => stack));
}

/**
 * Waits until the tools of a deployment that was killed have ended: they were told to when it was.
 *
 * @returns the stacks whose tools had to be waited for
 */
export async function leftoversEnded(last: DeploymentRecord | undefined, signal: AbortSignal): Promise<string[]> {
  const left = last?.steps.filter(({ status, groups }) => status === 'running' && groups.some(groupIsRunning)) ?? [];
  while (left.some(({ groups }) => groups.some(groupIsRunning))) await sleep(lookMilliseconds, undefined, { signal });
  return left.map(({ stack }) => stack);
}
