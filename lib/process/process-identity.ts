import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** A process, such that another one that later gets its number is not taken for it; what the system does not say is absent. */
export const identitySchema = z.object({
  host: z.string(),
  pid: z.int(),
  /** When the kernel started it, in its own ticks. */
  startedTicks: z.string().optional(),
  /** The run of the machine's kernel: nothing outlives it. */
  bootId: z.string().optional(),
  /** The namespace in which its number counts: containers of one host name have one each. */
  pidNamespace: z.string().optional(),
});

export type ProcessIdentity = z.infer<typeof identitySchema>;

/** What can be told of a process: of another machine or another namespace nothing can. */
export type ProcessState = 'running' | 'gone' | 'unknown';

/** Identity of a process of this machine. */
export function processIdentity(pid: number): ProcessIdentity {
  const known = { startedTicks: ticksOf(pid), bootId: bootId(), pidNamespace: pidNamespace() };
  return { host: hostname(), pid, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) };
}

/** Whether a process still runs, as far as anybody here can tell. */
export function stateOf(identity: ProcessIdentity): ProcessState {
  const { pid } = identity;
  return elsewhere(identity) ?? (runs(pid) && isSame(identity) ? 'running' : 'gone');
}

/** Whether a process may still run: one of which nobody can tell may. */
export function isRunning(identity: ProcessIdentity): boolean {
  return stateOf(identity) !== 'gone';
}

/** Whether any process of a group is left; a group outlives the process it is named by, whose number is nobody else's as long as it does. */
export function groupIsRunning(identity: ProcessIdentity): boolean {
  const { pid } = identity;
  return elsewhere(identity) === undefined && groupRuns(pid) && (!exists(pid) || isSame(identity));
}

/** What is to be said of a process without looking for it, where that would not find it. */
function elsewhere({ host, bootId: boot, pidNamespace: namespace }: ProcessIdentity): 'gone' | 'unknown' | undefined {
  if (host !== hostname() || differ(namespace, pidNamespace())) return 'unknown';
  return differ(boot, bootId()) ? 'gone' : undefined;
}

function isSame({ pid, startedTicks }: ProcessIdentity): boolean {
  return !differ(startedTicks, ticksOf(pid));
}

/** What is not known of one of them differs from nothing. */
function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** One that has ended exists as long as nobody has asked how, which where PID 1 reaps nobody is for ever. */
function runs(pid: number): boolean {
  return exists(pid) && !hasEnded(fieldsOf(pid));
}

/** What cannot be seen, for want of /proc or of the right to, is believed of the signal. */
function groupRuns(group: number): boolean {
  if (!exists(-group)) return false;
  const members = processes().filter((fields) => fields[2] === `${group}`);
  return members.length === 0 || !members.every(hasEnded);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A zombie, or dead. */
function hasEnded([state = '']: readonly string[]): boolean {
  return state === 'Z' || state === 'X';
}

function ticksOf(pid: number): string | undefined {
  return fieldsOf(pid)[19];
}

function processes(): (readonly string[])[] {
  const pids = existsSync('/proc/self/stat') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return pids.map((pid) => fieldsOf(Number(pid)));
}

/** Fields of proc_pid_stat(5) from the third on: state, parent, group and so on; the second may hold spaces and parentheses. */
function fieldsOf(pid: number): readonly string[] {
  return known(() => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1))?.split(' ') ?? [];
}

function bootId(): string | undefined {
  return known(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
}

function pidNamespace(): string | undefined {
  return known(() => readlinkSync('/proc/self/ns/pid'));
}

function known(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
