import { DescriptionError, type Problem, problem } from '../lib/core/problem';
import { systemReason } from '../lib/core/system-error';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems, printProblemsAsJson } from './print-problems';
import { stderr } from './terminal';

/**
 * Runs a command and sets the process's exit code by what it returns; a failure of Diptych itself says so without a stack trace.
 *
 * @param options - what was asked for: problems that end the command are printed as JSON where its answer would have been
 */
export async function run(command: () => Promise<ExitCode>, { json = false }: { readonly json?: boolean } = {}): Promise<void> {
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

/** Ends quietly when a reader such as `head` has gone away, and with a problem where there is no room for what is printed. */
export function endWithReader(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      if (name === 'stdout') printProblems([unwritable(name, error, 'Send it to where there is room.')]);
      process.exit(exitCode.usage);
    });
  }
}
