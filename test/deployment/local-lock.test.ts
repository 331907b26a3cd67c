import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLocalLock } from '../../lib/deployment/local-lock';
import { Refusal } from '../../lib/deployment/refusal';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-lock-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function deadProcess(): number {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  return pid;
}

describe('the lock of a folder of deployments', () => {
  it('is refused while a process that runs holds it', () => {
    const lock = takeLocalLock(folder);
    expect(() => takeLocalLock(folder)).toThrow(Refusal);
    lock.release();
    takeLocalLock(folder).release();
  });

  it('is taken over from a process that is gone, and says whose it was', () => {
    const holder = { host: hostname(), pid: deadProcess() };
    writeFileSync(join(folder, 'lock'), JSON.stringify(holder));
    const lock = takeLocalLock(folder);
    expect(lock.takenFrom).toEqual(holder);
    lock.release();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('is taken over from a process whose number another one has by now', () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ host: hostname(), pid: process.pid, startedTicks: '1' }));
    expect(takeLocalLock(folder).takenFrom?.pid).toBe(process.pid);
  });

  it('is not taken from a process of another machine, of which nobody here can tell', () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ host: 'another-machine', pid: deadProcess() }));
    expect(() => takeLocalLock(folder)).toThrow('DEP005');
  });
});
