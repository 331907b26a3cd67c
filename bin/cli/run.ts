import { DescriptionError, type Problem } from '../../lib/core/problem';
import { systemReason } from '../../lib/core/system-error';
import { stackOf } from '../../lib/core/thrown';
import { commandProblem } from './codes';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems, printProblemsAsJson } from './print-problems';
import { commandBegins, commandReturns, internalError } from './process-end';
import { stderr } from './terminal';

/** Exit code of a command that succeeded but could not print its result. */
let exitCodeUnprinted: ExitCode = exitCode.usage;

/** Options of {@link run}. */
export interface RunOptions {
  /** Prints problems as JSON on standard output instead of text on standard error. */
  readonly json?: boolean;
  /** The command changes control planes. It then exits with `findings` if it succeeds but its result cannot be printed. */
  readonly changes?: boolean;
}

/** Runs a command, prints the problems that end it, and sets the exit code of the process. Internal errors show no stack trace. */
export async function run(command: () => Promise<ExitCode>, { json = false, changes = false }: RunOptions = {}): Promise<void> {
  if (changes) exitCodeUnprinted = exitCode.findings;
  commandBegins(json);
  try {
    commandReturns(await command());
  } catch (error) {
    const problems = error instanceof DescriptionError ? error.problems : outputProblems(error);
    (json ? printProblemsAsJson : printProblems)(problems ?? [internalError(error)]);
    if (process.env.DIPTYCH_DEBUG === '1') stderr.line(stackOf(error));
    commandReturns(problems ? exitCode.usage : exitCode.unknown);
  }
}

const writeErrors: ReadonlySet<unknown> = new Set(['EACCES', 'EDQUOT', 'EEXIST', 'EISDIR', 'ELOOP', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

function outputProblems(error: unknown): Problem[] | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  return writeErrors.has(code) ? [outputProblem(path ?? 'out', error, 'Name a writable folder with --out.')] : undefined;
}

function outputProblem(path: string, error: unknown, fix: string): Problem {
  const wrong = `the output cannot be written because ${systemReason(error)}`;
  return commandProblem('CMD005', path, { wrong, rule: 'the output must go to a writable place with free space', fix });
}

/**
 * Lets a command run to its end and its exit code if nothing reads its output any more, because tools may be running and locks be held.
 *
 * Output to a closed pipe, such as `| head`, is dropped. A full device is reported as a problem.
 */
export function surviveClosedOutput(): void {
  // A failure to write to standard error cannot be reported anywhere.
  process.stderr.on('error', () => {});
  let isReported = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || isReported) return;
    isReported = true;
    printProblems([outputProblem('stdout', error, 'Redirect the output to a device with free space.')]);
    process.once('exit', (code) => {
      if (code === exitCode.ok) process.exitCode = exitCodeUnprinted;
    });
  });
}
