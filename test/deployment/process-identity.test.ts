import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupIsRunning, type ProcessIdentity, processIdentity, stateOf } from '../../lib/deployment/process-identity';

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
