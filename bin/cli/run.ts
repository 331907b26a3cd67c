import { DescriptionError, type Problem, problem } from '../../lib/core/problem';
import { systemReason } from '../../lib/core/system-error';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems, printProblemsAsJson } from './print-problems';
import { stderr } from './terminal';

/** What a command ends with that did what was asked and had no room to print it. */
let unprinted: ExitCode = exitCode.usage;

/** How a command is run. */
export interface RunOptions {
  /** Problems that end it are printed as JSON, where its answer would have been. */
  readonly json?: boolean;
  /** It changes control planes: that it was refused may then be said only where nothing was changed. */
  readonly changes?: boolean;
}

/**
 * Runs a command and sets the process's exit code by what it returns; a failure of Diptych itself says so without a stack trace.
 */
export async function run(command: () => Promise<ExitCode>, { json = false, changes = false }: RunOptions = {}): Promise<void> {
  if (changes) unprinted = exitCode.findings;
  try {
    const code = await command();
    // The CDK sets a code of its own where one of its validations fails.
    if (code !== exitCode.ok) process.exitCode = code;
  } catch (error) {
    const wrong = error instanceof DescriptionError ? error.problems : unwritableOutput(error);
    process.exitCode = wrong ? exitCode.usage : exitCode.unknown;
    (json ? printProblemsAsJson : printProblems)(wrong ?? [internalError(error)]);
    if (process.env.DIPTYCH_DEBUG === '1') stderr.line((error as Error).stack ?? '');
  }
}

const writeErrors: ReadonlySet<unknown> = new Set(['EACCES', 'EDQUOT', 'EEXIST', 'EISDIR', 'ELOOP', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

function unwritableOutput(error: unknown): Problem[] | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  return writeErrors.has(code) ? [unwritable(path ?? 'out', error, 'Name a folder that you may write to with --out.')] : undefined;
}

function unwritable(path: string, error: unknown, fix: string): Problem {
  const value = systemReason(error);
  return problem('CMD005', path, { cannot: 'write the output', as: 'where it goes must be writable and have room', value, fix });
}

function internalError(error: unknown): Problem {
  return problem('CMD001', 'diptych', {
    cannot: 'go on',
    as: 'Diptych itself failed, not the estate',
    value: error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error),
    fix: 'Please report this, with what DIPTYCH_DEBUG=1 prints.',
  });
}

/**
 * Lets a command go on to its end, and to its exit code, when nobody takes what it prints any more: tools may be at work, and locks held.
 *
 * What a reader such as `head` leaves is dropped; a lack of room is a problem.
 */
export function outliveReaders(): void {
  // What cannot be told on standard error cannot be told.
  process.stderr.on('error', () => {});
  let said = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || said) return;
    said = true;
    printProblems([unwritable('stdout', error, 'Send it to where there is room.')]);
    process.once('exit', (code) => {
      if (code === exitCode.ok) process.exitCode = unprinted;
    });
  });
}
