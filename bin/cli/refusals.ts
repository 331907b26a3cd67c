import { Cancelled, Refusal, type RefusalKind, StepFailure } from '../../lib/core/refusal';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems, printProblemsAsJson } from './print-problems';
import { stderr } from './terminal';

const codes: Readonly<Record<RefusalKind, ExitCode>> = { refused: exitCode.usage, unreachable: exitCode.unknown };

/** Runs what may be refused before it changes anything; a refusal, the failure of a tool or a cancellation is printed and becomes the exit code. */
export async function unlessRefused(work: () => Promise<ExitCode>, json = false): Promise<ExitCode> {
  const print = json ? printProblemsAsJson : printProblems;
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepFailure) {
      print([error.problem]);
      return exitCode.findings;
    }
    // What waits is woken by an error of Node's own, whose cause is ours.
    const cancelled = [error, (error as Error).cause].find((one) => one instanceof Cancelled);
    if (cancelled) {
      stderr.line(cancelled.message);
      return exitCode.findings;
    }
    if (!(error instanceof Refusal)) throw error;
    print(error.problems);
    return codes[error.kind];
  }
}
