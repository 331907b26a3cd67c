import { DescriptionError, type Problem, problem } from '../lib/core/problem';
import { type ExitCode, exitCode } from './exit-code';
import { printProblems } from './print-problems';
import { stderr } from './terminal';

/** Runs a command and sets the process's exit code by what it returns; a failure of Diptych itself says so without a stack trace. */
export async function run(command: () => Promise<ExitCode>): Promise<void> {
  try {
    const code = await command();
    // The CDK sets a code of its own where one of its validations fails.
    if (code !== exitCode.ok) process.exitCode = code;
  } catch (error) {
    const wrong = error instanceof DescriptionError ? error.problems : unwritableOutput(error);
    process.exitCode = wrong ? exitCode.usage : exitCode.unknown;
    printProblems(wrong ?? [internalError(error)]);
    if (process.env.DIPTYCH_DEBUG === '1') stderr.line((error as Error).stack ?? '');
  }
}

const writeErrors: ReadonlySet<unknown> = new Set(['EACCES', 'EEXIST', 'EISDIR', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

function unwritableOutput(error: unknown): Problem[] | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (!writeErrors.has(code)) return undefined;
  const fix = 'Name a folder that you may write to with --out.';
  return [
    problem('CMD005', path ?? 'out', { cannot: 'write the output', as: 'its folder must be writable and have room', value: code, fix }),
  ];
}

function internalError(error: unknown): Problem {
  return problem('CMD001', 'diptych', {
    cannot: 'go on',
    as: 'Diptych itself failed, not the estate',
    value: error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error),
    fix: 'Please report this, with what DIPTYCH_DEBUG=1 prints.',
  });
}

/** Ends quietly when a reader such as `head` has gone away. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
}
