import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity, processIdentity } from './process-identity';

/** Thrown if another process holds a lock. */
export class LockHeldError extends Error {
  constructor(
    /** The lock file. */
    readonly path: string,
    /** The process that holds the lock; undefined if it acquired the lock at the same time. */
    readonly holder: ProcessIdentity | undefined,
  ) {
    super(`${path} is held by ${holder ? `process ${holder.pid} on ${holder.host}` : 'another process'}`);
    this.name = 'LockHeldError';
  }
}

/** A lock file on a folder, held by this process. */
export interface FileLock {
  /** The process that held the lock before; it no longer runs. */
  readonly takenFrom?: ProcessIdentity;
  release(): void;
}

/**
 * Acquires the lock of a folder; a lock whose process no longer runs is taken over.
 *
 * @throws {LockHeldError} if a running process holds the lock
 */
export function acquireFileLock(folder: string): FileLock {
  return take(join(folder, 'lock'));
}

function take(path: string): FileLock {
  const own = JSON.stringify(processIdentity(process.pid));
  const release = () => {
    if (read(path) === own) rmSync(path, { force: true });
  };
  if (create(path, own)) return { release };
  const held = read(path);
  const holder = held === undefined ? undefined : parse(held);
  if (held === undefined || (holder && isRunning(holder)) || !takeOver(path, held, own)) throw new LockHeldError(path, holder);
  return { release, ...(holder && { takenFrom: holder }) };
}

/** Creates the lock file with its content in one step: `link` either succeeds or fails with EEXIST. */
function create(path: string, text: string): boolean {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text);
  try {
    linkSync(unfinished, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Replaces a stale lock unless another process was faster; a second lock ensures that exactly one process does so. */
function takeOver(path: string, held: string, own: string): boolean {
  const claim = take(`${path}.takeover`);
  try {
    if (read(path) !== held) return false;
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, own);
    renameSync(unfinished, path);
    return true;
  } finally {
    claim.release();
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string): ProcessIdentity | undefined {
  try {
    const value = JSON.parse(text) as ProcessIdentity;
    return typeof value.pid === 'number' && typeof value.host === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
