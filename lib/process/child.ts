import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, futimesSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentDeathWatch } from './parent-death-watch';
import { type ProcessIdentity, processIdentity } from './process-identity';

/** A command line to run. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** File that takes what it prints, after what is already there. */
  readonly log: string;
  /** Whether what it prints is kept out of the log, as it holds values that are not to stay. */
  readonly isUnlogged?: boolean;
}

/** How a command ended and what it printed. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** What a run of commands is told from outside. */
export interface RunContext {
  readonly signal: AbortSignal;
  /** Is told of every process group that starts, so that it can be recorded before anything happens to us. */
  readonly onStart?: (group: ProcessIdentity) => void;
}

/** Milliseconds in which a command may finish what is under way before it is killed. */
const timeoutMilliseconds = 60_000;

/** A program that is not there. */
export class MissingProgram extends Error {
  constructor(readonly program: string) {
    super(`${program} is not there`);
  }
}

/**
 * Runs a command to its end in a process group of its own, and keeps what it prints.
 *
 * @throws {MissingProgram} where there is no such program
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
  // The time of the log says when its command was last heard of, be it that it began.
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
    // Nobody would know of it: it goes before it has done anything.
    killGroup(child);
    await ending;
    throw error;
  }
  const code = await ending;
  // What a shell says of a command that it cannot find or run.
  if (code === 127 || code === 126) throw new MissingProgram(command.program);
  signal.throwIfAborted();
  const printed = Buffer.alloc(fstatSync(output).size - before);
  readSync(output, printed, 0, printed.length, before);
  return { code, output: printed.toString('utf8') };
}

/** A file that nothing is left of, however whoever opened it ends. */
function openNameless(path: string): number {
  const file = openSync(path, 'a+', 0o600);
  rmSync(path);
  return file;
}

function ended(child: ChildProcess, signal: AbortSignal): Promise<number> {
  const stop = () => {
    child.kill('SIGTERM');
    setTimeout(() => killGroup(child), timeoutMilliseconds).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  child.stdin?.on('error', () => {
    // The leash is gone already.
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      // The leash itself, and whatever the command left.
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
    // Nobody is left of it.
  }
}
