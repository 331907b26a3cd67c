import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { groupIsRunning, type ProcessIdentity, processIdentity, stateOf } from '../../lib/process/process-identity';

const own = processIdentity(process.pid);

describe('stateOf', () => {
  it('stateOf tells a running process from one that has ended', () => {
    expect(stateOf(own)).toBe('running');
    expect(stateOf({ ...own, pid: spawnSync('true').pid })).toBe('gone');
  });

  it('stateOf returns gone when the pid has been reused', () => {
    expect(stateOf({ ...own, startedTicks: '1' })).toBe('gone');
  });

  it('stateOf returns gone when the machine has restarted', () => {
    expect(stateOf({ ...own, bootId: 'another' })).toBe('gone');
  });

  it('stateOf returns unknown for a process on another machine or in another PID namespace', () => {
    expect(stateOf({ ...own, host: 'another-machine' })).toBe('unknown');
    expect(stateOf({ ...own, pidNamespace: 'pid:[1]', bootId: 'another' })).toBe('unknown');
  });

  it('stateOf accepts an identity with fewer fields, written by an earlier version', () => {
    expect(stateOf({ host: own.host, pid: own.pid })).toBe('running');
  });
});

describe('groupIsRunning', () => {
  let leader: ProcessIdentity;

  beforeAll(() => {
    leader = processIdentity(spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).pid ?? 0);
  });

  afterAll(() => {
    process.kill(-leader.pid, 'SIGKILL');
  });

  it('groupIsRunning is true while the leader runs', () => {
    expect(groupIsRunning(leader)).toBe(true);
  });

  it("groupIsRunning is false when the leader's pid has been reused or the machine has restarted", () => {
    expect(groupIsRunning({ ...leader, startedTicks: '1' })).toBe(false);
    expect(groupIsRunning({ ...leader, bootId: 'another' })).toBe(false);
    expect(groupIsRunning({ ...leader, pidNamespace: 'pid:[1]' })).toBe(false);
  });
});

describe('a zombie that nobody reaps', () => {
  let parent: ChildProcessByStdio<null, Readable, null>;
  let ended: ProcessIdentity;

  /** Starts a group leader that ends as a zombie, because its parent never reaps it. */
  async function end(command: string): Promise<void> {
    parent = spawn('sh', ['-c', `setsid ${command} & echo $!; exec sleep 60`], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    ended = processIdentity(Number(said));
    while (!readFileSync(`/proc/${ended.pid}/stat`, 'utf8').includes(') Z ')) await sleep(10);
  }

  afterEach(() => {
    parent.kill('SIGKILL');
  });

  it('a zombie and its group count as gone', async () => {
    await end('sleep 0.2');
    expect([stateOf(ended), groupIsRunning(ended)]).toEqual(['gone', false]);
  });

  it('a group with a zombie leader is running while another member runs', async () => {
    await end(`sh -c 'sleep 60 & sleep 0.2'`);
    expect([stateOf(ended), groupIsRunning(ended)]).toEqual(['gone', true]);
    process.kill(-ended.pid, 'SIGKILL');
    while (groupIsRunning(ended)) await sleep(10);
  });
});
