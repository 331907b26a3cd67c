import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** Identity of a process that stays unique if its pid is reused; fields are absent if the system does not provide them. */
export const identitySchema = z.object({
  host: z.string(),
  pid: z.int(),
  /** Start time in clock ticks since boot. */
  startedTicks: z.string().optional(),
  /** Id of the current boot; no process outlives it. */
  bootId: z.string().optional(),
  /** PID namespace: containers with the same host name have different ones. */
  pidNamespace: z.string().optional(),
});

export type ProcessIdentity = z.infer<typeof identitySchema>;

/** State of a process; `unknown` for one on another host or in another PID namespace. */
export type ProcessState = 'running' | 'gone' | 'unknown';

/** Identity of a process of this machine. */
export function processIdentity(pid: number): ProcessIdentity {
  const known = { startedTicks: ticksOf(pid), bootId: bootId(), pidNamespace: pidNamespace() };
  return { host: hostname(), pid, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) };
}

/** State of a process as seen from this host and PID namespace. */
export function stateOf(identity: ProcessIdentity): ProcessState {
  const { pid } = identity;
  return elsewhere(identity) ?? (runs(pid) && isSame(identity) ? 'running' : 'gone');
}

/** True if a process may still run, including processes whose state is unknown. */
export function isRunning(identity: ProcessIdentity): boolean {
  return stateOf(identity) !== 'gone';
}

/** True if any process of a group is left. A group can outlive its leader, whose pid is not reused until the group ends. */
export function groupIsRunning(identity: ProcessIdentity): boolean {
  const { pid } = identity;
  return elsewhere(identity) === undefined && groupRuns(pid) && (!exists(pid) || isSame(identity));
}

/** State that follows from the identity alone; undefined if the process has to be looked up here. */
function elsewhere({ host, bootId: boot, pidNamespace: namespace }: ProcessIdentity): 'gone' | 'unknown' | undefined {
  if (host !== hostname() || differ(namespace, pidNamespace())) return 'unknown';
  return differ(boot, bootId()) ? 'gone' : undefined;
}

function isSame({ pid, startedTicks }: ProcessIdentity): boolean {
  return !differ(startedTicks, ticksOf(pid));
}

/** Two values differ only if both are known. */
function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** A zombie still exists, and stays if PID 1 does not reap it. */
function runs(pid: number): boolean {
  return exists(pid) && !hasEnded(fieldsOf(pid));
}

/** Without `/proc`, or without access to it, a group that can be signalled counts as running. */
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

/** True for a zombie or dead process. */
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

/** Fields of proc_pid_stat(5) from the third on (state, ppid, pgrp, ...); the second field may contain spaces and parentheses. */
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
