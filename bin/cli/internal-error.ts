import type { Problem } from '../../lib/core/problem';
import { describeThrown } from '../../lib/core/thrown';
import { commandProblem } from './codes';

/** Builds the problem of an error that no check expects. */
export function internalError(error: unknown): Problem {
  return commandProblem('CMD001', 'diptych', {
    wrong: 'an internal error occurred',
    rule: 'Diptych itself must be corrected, not the estate',
    got: describeThrown(error),
    fix: 'Please report this, with what DIPTYCH_DEBUG=1 prints.',
  });
}
