import { formatProblem, type Problem } from './problem';

/** Why a deployment does not go on: it was refused before anything changed, or nobody answered. */
export type RefusalKind = 'refused' | 'unreachable';

/** Thrown before anything has been changed. */
export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'Refusal';
  }
}

/** Why a run was aborted where a person or the system wanted it to end. */
export class Cancelled extends Error {
  constructor(by: string) {
    super(`cancelled by ${by}`);
    this.name = 'Cancelled';
  }
}

/** Thrown by a step that failed, with the problem to show. */
export class StepFailure extends Error {
  constructor(readonly problem: Problem) {
    super(formatProblem(problem));
    this.name = 'StepFailure';
  }
}
