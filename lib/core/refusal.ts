import { formatProblem, type Problem } from './problem';

/** Why a command stopped before changing anything: a check failed, or a control plane could not be reached. */
export type RefusalKind = 'refused' | 'unreachable';

/**
 * Thrown when a command stops before it has changed anything, with every problem found.
 *
 * Nothing has to be undone after a `Refusal`, and no record is written for it.
 */
export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'Refusal';
  }
}

/** Reason given to an `AbortSignal` when the user or the system cancels a command, such as `cancelled by SIGINT`. */
export class Cancelled extends Error {
  constructor(by: string) {
    super(`cancelled by ${by}`);
    this.name = 'Cancelled';
  }
}

/** Thrown when a step of a deployment fails after changes may have been made; carries the problem to print and to record. */
export class StepFailure extends Error {
  constructor(readonly problem: Problem) {
    super(formatProblem(problem));
    this.name = 'StepFailure';
  }
}
