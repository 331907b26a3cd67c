import { Cancelled, Refusal, type RefusalKind, StepFailure } from '../../lib/core/refusal';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems, printProblemsAsJson } from './print-problems';
import { stderr } from './terminal';

const codes: Readonly<Record<RefusalKind, ExitCode>> = { refused: exitCode.usage, unreachable: exitCode.unknown };

/** Runs a command that works with control planes. Refusals, failed steps and cancellations are printed and become the exit code. */
export async function reportRefusals(work: () => Promise<ExitCode>, json = false): Promise<ExitCode> {
  const print = json ? printProblemsAsJson : printProblems;
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepFailure) {
      print([error.problem]);
      return exitCode.findings;
    }
    // Node wraps the reason of an abort signal in an AbortError, with the reason as its cause.
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
