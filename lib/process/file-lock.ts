import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../core/problem';
import { Refusal } from '../core/refusal';
import { isRunning, type ProcessIdentity, processIdentity } from './process-identity';

/** A lock on a folder of deployments, held by this process. */
export interface FileLock {
  /** The process whose lock was taken over, as it is gone. */
  readonly takenFrom?: ProcessIdentity;
  release(): void;
}

/**
 * Takes the lock of a folder of deployments, also from a process that is gone.
 *
 * @throws {Refusal} DEP005 where a process that runs holds it
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
  if (held === undefined || (holder && isRunning(holder)) || !takeOver(path, held, own)) throw inUse(path, holder);
  return { release, ...(holder && { takenFrom: holder }) };
}

/** Writes it whole: a link appears at once or not at all. */
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

/** Puts our lock in the place of the one that was read, unless somebody did so before: who takes over needs a lock for that. */
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

function inUse(path: string, holder: ProcessIdentity | undefined): Refusal {
  const value = holder ? `process ${holder.pid} on ${holder.host}` : 'a process that came first';
  const fix = 'Wait until it has ended; where it has died on another machine, which nobody can tell from here, remove the file.';
  return new Refusal('refused', [problem('DEP005', path, { cannot: 'deploy', as: 'one deployment runs at a time', value, fix })]);
}
