import { Refusal, type RefusalKind, StepFailure } from '../lib/deployment/refusal';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems } from './print-problems';

const codes: Readonly<Record<RefusalKind, ExitCode>> = { refused: exitCode.usage, unreachable: exitCode.unknown };

/** Runs what may be refused before it changes anything; a refusal, or the failure of a tool, is printed and becomes the exit code. */
export async function unlessRefused(work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepFailure) {
      printProblems([error.problem]);
      return exitCode.findings;
    }
    if (!(error instanceof Refusal)) throw error;
    printProblems(error.problems);
    return codes[error.kind];
  }
}
