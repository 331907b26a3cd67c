import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireFileLock, LockHeldError } from '../../lib/process/file-lock';
import { root } from '../support/diptych';

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

describe('acquireFileLock', () => {
  it('acquireFileLock fails while a running process holds the lock', () => {
    const lock = acquireFileLock(folder);
    expect(() => acquireFileLock(folder)).toThrow(LockHeldError);
    lock.release();
    acquireFileLock(folder).release();
  });

  it('acquireFileLock takes over the lock of a process that has ended, and returns its identity', () => {
    const holder = { host: hostname(), pid: deadProcess() };
    writeFileSync(join(folder, 'lock'), JSON.stringify(holder));
    const lock = acquireFileLock(folder);
    expect(lock.takenFrom).toEqual(holder);
    lock.release();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('acquireFileLock takes over the lock of a process whose pid has been reused', () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ host: hostname(), pid: process.pid, startedTicks: '1' }));
    expect(acquireFileLock(folder).takenFrom?.pid).toBe(process.pid);
  });

  it('acquireFileLock fails when the holder is on another machine', () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ host: 'another-machine', pid: deadProcess() }));
    expect(() => acquireFileLock(folder)).toThrow(LockHeldError);
  });

  it('acquireFileLock has one holder at a time when many processes take over a stale lock at once', async () => {
    // Some rounds leave a stale lock behind, as a killed process does.
    const contender = `
      const { openSync, closeSync, rmSync, renameSync, writeFileSync } = require('node:fs');
      const { acquireFileLock } = require(${JSON.stringify(join(root, 'dist/lib/process/file-lock.js'))});
      const [folder, left] = process.argv.slice(1);
      const end = Date.now() + 1500;
      for (let round = 0; Date.now() < end; round++) {
        let lock;
        try {
          lock = acquireFileLock(folder);
        } catch (error) {
          if (error.name === 'LockHeldError') continue;
          throw error;
        }
        closeSync(openSync(folder + '/witness', 'wx'));
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
        rmSync(folder + '/witness');
        if (round % 4 === 0) lock.release();
        else {
          writeFileSync(folder + '/left.' + process.pid, left);
          renameSync(folder + '/left.' + process.pid, folder + '/lock');
        }
      }`;
    const left = JSON.stringify({ host: hostname(), pid: deadProcess() });
    const contenders = [1, 2, 3, 4, 5].map(() =>
      spawn(process.execPath, ['-e', contender, folder, left], { stdio: ['ignore', 'ignore', 'pipe'] }),
    );
    const ends = await Promise.all(
      contenders.map(async (child) => {
        let said = '';
        child.stderr.on('data', (chunk) => {
          said += String(chunk);
        });
        const [code] = (await once(child, 'close')) as [number | null];
        return [code, said];
      }),
    );
    expect(ends).toEqual(contenders.map(() => [0, '']));
    expect(readdirSync(folder).filter((name) => name !== 'lock')).toEqual([]);
  });
});
