import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, futimesSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentDeathWatch } from './parent-death-watch';
import { type ProcessIdentity, processIdentity } from './process-identity';

/** A command to run as a child process. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** File to which the output is appended. */
  readonly log: string;
  /** True if the output must not be logged because it may contain sensitive values. */
  readonly isUnlogged?: boolean;
}

/** Exit code and output of a command. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Cancellation and callbacks for a command. */
export interface RunContext {
  readonly signal: AbortSignal;
  /** Receives each process group right after it starts, so that it can be recorded before the command does anything. */
  readonly onStart?: (group: ProcessIdentity) => void;
}

/** Milliseconds between SIGTERM and SIGKILL. */
const timeoutMilliseconds = 60_000;

/** Thrown if a program is not installed. */
export class MissingProgram extends Error {
  constructor(readonly program: string) {
    super(`${program} is not there`);
  }
}

/**
 * Runs a command in a process group of its own and returns its output.
 *
 * @throws {MissingProgram} if the program is not found or not executable
 */
export async function runCommand(command: Command, { signal, onStart }: RunContext): Promise<Outcome> {
  signal.throwIfAborted();
  mkdirSync(dirname(command.log), { recursive: true });
  const output = command.isUnlogged ? openNameless(`${command.log}.unlogged`) : openSync(command.log, 'a+');
  try {
    return await runInto(output, command, { signal, onStart });
  } finally {
    closeSync(output);
  }
}

async function runInto(output: number, command: Command, { signal, onStart }: RunContext): Promise<Outcome> {
  const before = fstatSync(output).size;
  // The modification time of the log marks the last sign of life of the command, including its start.
  futimesSync(output, new Date(), new Date());
  const child = spawn('/bin/sh', ['-c', parentDeathWatch, 'parent-death-watch', command.program, ...command.args], {
    cwd: command.folder,
    env: command.env ?? process.env,
    stdio: ['pipe', output, output],
    detached: true,
  });
  const ending = ended(child, signal);
  try {
    if (child.pid !== undefined) onStart?.(processIdentity(child.pid));
  } catch (error) {
    // An unrecorded process could not be found later, so it is killed before it does anything.
    killGroup(child);
    await ending;
    throw error;
  }
  const code = await ending;
  // Exit codes of the shell for a command that is not found or not executable.
  if (code === 127 || code === 126) throw new MissingProgram(command.program);
  signal.throwIfAborted();
  const printed = Buffer.alloc(fstatSync(output).size - before);
  readSync(output, printed, 0, printed.length, before);
  return { code, output: printed.toString('utf8') };
}

/** Opens a file and unlinks it, so that nothing stays on disk even if this process is killed. */
function openNameless(path: string): number {
  const file = openSync(path, 'a+', 0o600);
  rmSync(path);
  return file;
}

function ended(child: ChildProcess, signal: AbortSignal): Promise<number> {
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGTERM');
    killing = setTimeout(() => killGroup(child), timeoutMilliseconds).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  child.stdin?.on('error', () => {
    // The watching shell has already exited.
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      // The system may give the id of an ended process group to another one.
      clearTimeout(killing);
      // Ends the watching shell and any process that the command left behind.
      killGroup(child);
      child.stdin?.destroy();
      resolve(code ?? 1);
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has no members any more.
  }
}
