import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { groupIsRunning, type ProcessIdentity, processIdentity, stateOf } from '../../lib/process/process-identity';

const own = processIdentity(process.pid);

describe('a process', () => {
  it('runs, or is gone', () => {
    expect(stateOf(own)).toBe('running');
    expect(stateOf({ ...own, pid: spawnSync('true').pid })).toBe('gone');
  });

  it('is gone where another one has its number by now', () => {
    expect(stateOf({ ...own, startedTicks: '1' })).toBe('gone');
  });

  it('is gone once its machine has started anew, whoever has its number', () => {
    expect(stateOf({ ...own, bootId: 'another' })).toBe('gone');
  });

  it('of another machine or of another namespace is one of which nobody here can tell', () => {
    expect(stateOf({ ...own, host: 'another-machine' })).toBe('unknown');
    expect(stateOf({ ...own, pidNamespace: 'pid:[1]', bootId: 'another' })).toBe('unknown');
  });

  it('of which an older version recorded less is known by that', () => {
    expect(stateOf({ host: own.host, pid: own.pid })).toBe('running');
  });
});

describe('a process group', () => {
  let leader: ProcessIdentity;

  beforeAll(() => {
    leader = processIdentity(spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).pid ?? 0);
  });

  afterAll(() => {
    process.kill(-leader.pid, 'SIGKILL');
  });

  it('is left as long as its leader is', () => {
    expect(groupIsRunning(leader)).toBe(true);
  });

  it('is not the one that was recorded where its leader is another process, or the machine has started anew', () => {
    expect(groupIsRunning({ ...leader, startedTicks: '1' })).toBe(false);
    expect(groupIsRunning({ ...leader, bootId: 'another' })).toBe(false);
    expect(groupIsRunning({ ...leader, pidNamespace: 'pid:[1]' })).toBe(false);
  });
});

describe('a process that has ended and that nobody reaps', () => {
  let parent: ChildProcessByStdio<null, Readable, null>;
  let ended: ProcessIdentity;

  /** Lets a command lead a group of its own and end, its parent being a program that asks nobody how. */
  async function end(command: string): Promise<void> {
    parent = spawn('sh', ['-c', `setsid ${command} & echo $!; exec sleep 60`], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    ended = processIdentity(Number(said));
    while (!readFileSync(`/proc/${ended.pid}/stat`, 'utf8').includes(') Z ')) await sleep(10);
  }

  afterEach(() => {
    parent.kill('SIGKILL');
  });

  it('is gone, and its group with it', async () => {
    await end('sleep 0.2');
    expect([stateOf(ended), groupIsRunning(ended)]).toEqual(['gone', false]);
  });

  it('leaves its group running as long as anybody else is in it', async () => {
    await end(`sh -c 'sleep 60 & sleep 0.2'`);
    expect([stateOf(ended), groupIsRunning(ended)]).toEqual(['gone', true]);
    process.kill(-ended.pid, 'SIGKILL');
    while (groupIsRunning(ended)) await sleep(10);
  });
});
