import type { Problem } from '../../lib/core/problem';
import { describeThrown } from '../../lib/core/thrown';
import { moduleInProcess, outsideModule } from '../../lib/estate/load/module-scope';
import { withRelativeFiles } from '../../lib/estate/load/source';
import { commandProblem } from './codes';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems, printProblemsAsJson } from './print-problems';
import { cancelAll } from './signals';

/** The command that runs in this process. */
interface Running {
  readonly json: boolean;
  /** Exit code, once the command has returned. */
  code?: ExitCode;
  /** Exit code of an error that nobody caught; it takes the place of the command's own. */
  failed?: ExitCode;
}

let running: Running | undefined;
let isGuarded = false;

/** Notes that a command begins. */
export function commandBegins(json: boolean): void {
  running = { json };
}

/** Sets the exit code of the process when a command has returned. */
export function commandReturns(code: ExitCode): void {
  if (running) running.code = code;
  process.exitCode = running?.failed ?? code;
  // Timers and connections that a module of an estate left behind would keep the process running.
  if (isGuarded && moduleInProcess()) setImmediate(() => process.exit());
}

/**
 * Ensures that the process ends with the exit code of its command.
 *
 * A module of an estate runs in this process and could end it, or leave it with nothing to wait for. Errors that nobody catches, such as those of its timers, are reported as problems.
 */
export function guardProcessEnd(): void {
  isGuarded = true;
  process.on('exit', (code) => {
    if (!running) return;
    if (running.code === undefined) {
      process.exitCode = exitCode.unknown;
      print([moduleInProcess()?.unfinished ?? noResult()]);
    } else if (code === exitCode.ok) process.exitCode = running.failed ?? running.code;
  });
  process.on('uncaughtException', (error) => {
    const ofModule = moduleInProcess()?.problemsOf(error);
    const failed = ofModule ? exitCode.usage : exitCode.unknown;
    const isReturned = running?.code !== undefined;
    if (running) running.failed = failed;
    process.exitCode = failed;
    // A command that changes control planes ends its tools first, and prints its own result.
    const isEnding = cancelAll(ofModule ? 'an error in the module of the estate' : 'an internal error');
    print(ofModule ?? [internalError(error)], isReturned || isEnding);
    if (isReturned || isEnding) return;
    if (running) running.code = failed;
    process.exit(failed);
  });
}

/** Prints problems as the command would, or as text if its own result is on stdout. */
function print(problems: readonly Problem[], asText = false): void {
  const found = withRelativeFiles(process.cwd(), problems);
  outsideModule(() => (running?.json && !asText ? printProblemsAsJson : printProblems)(found));
}

/** Builds the problem of an error that no check expects. */
export function internalError(error: unknown): Problem {
  return commandProblem('CMD001', 'diptych', {
    wrong: 'an internal error occurred',
    rule: 'Diptych itself must be corrected, not the estate',
    got: describeThrown(error),
    fix: 'Please report this, with what DIPTYCH_DEBUG=1 prints.',
  });
}

function noResult(): Problem {
  return commandProblem('CMD001', 'diptych', {
    wrong: 'the command ended without a result',
    rule: 'Diptych itself must be corrected, not the estate',
    fix: 'Please report this, with the command and what DIPTYCH_DEBUG=1 prints.',
  });
}
