import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, such that another one that later gets its number is not taken for it. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** When the kernel started it, in its own ticks; absent where the system does not say. */
  readonly startedTicks?: string;
}

/** Identity of a process of this machine. */
export function processIdentity(pid: number): ProcessIdentity {
  const startedTicks = ticksOf(pid);
  return { host: hostname(), pid, ...(startedTicks !== undefined && { startedTicks }) };
}

/** Whether a process still runs; of another machine nobody can tell, so that it counts as running. */
export function isRunning({ host, pid, startedTicks }: ProcessIdentity): boolean {
  if (host !== hostname()) return true;
  if (!exists(pid)) return false;
  return startedTicks === undefined || ticksOf(pid) === startedTicks;
}

/** Whether any process of a group is left; a group outlives the process it is named by. */
export function groupIsRunning({ host, pid }: ProcessIdentity): boolean {
  return host === hostname() && exists(-pid);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of proc_pid_stat(5); the second field may hold spaces and parentheses. */
function ticksOf(pid: number): string | undefined {
  const file = `/proc/${pid}/stat`;
  try {
    return existsSync(file) ? readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[19] : undefined;
  } catch {
    return undefined;
  }
}
