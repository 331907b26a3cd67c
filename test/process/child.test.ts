import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MissingProgram, runCommand } from '../../lib/process/child';
import { parentDeathWatch } from '../../lib/process/parent-death-watch';
import { groupIsRunning, type ProcessIdentity, processIdentity } from '../../lib/process/process-identity';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-child-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const log = () => join(folder, 'log');

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

describe('runCommand', () => {
  it('runCommand returns the exit code, and appends the output to the log', async () => {
    const { signal } = new AbortController();
    await runCommand({ program: 'sh', args: ['-c', 'echo one'], log: log() }, { signal });
    const outcome = await runCommand({ program: 'sh', args: ['-c', 'echo two; exit 3'], log: log() }, { signal });
    expect(outcome).toEqual({ code: 3, output: 'two\n' });
    expect(readFileSync(log(), 'utf8')).toBe('one\ntwo\n');
  });

  it('runCommand updates the modification time of the log when the command starts', async () => {
    writeFileSync(log(), 'of another day\n');
    utimesSync(log(), new Date(0), new Date(0));
    await runCommand({ program: 'true', args: [], log: log() }, new AbortController());
    expect(Date.now() - statSync(log()).mtimeMs).toBeLessThan(60_000);
  });

  it('runCommand throws MissingProgram when the program does not exist', async () => {
    const { signal } = new AbortController();
    await expect(runCommand({ program: 'no-such-program', args: [], log: log() }, { signal })).rejects.toThrow(MissingProgram);
  });

  it('runCommand sends SIGTERM when it is cancelled, and kills the processes that the command started', async () => {
    const cancel = new AbortController();
    let group: ProcessIdentity | undefined;
    const script = 'trap "echo asked; exit 0" TERM; echo ready; sleep 60 & wait';
    const running = runCommand(
      { program: 'sh', args: ['-c', script], log: log() },
      {
        signal: cancel.signal,
        onStart: (started) => {
          group = started;
        },
      },
    );
    await until(() => readFileSync(log(), 'utf8').includes('ready'));
    cancel.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    expect(readFileSync(log(), 'utf8')).toContain('asked');
    await until(() => group !== undefined && !groupIsRunning(group));
  });

  it('runCommand sends no SIGKILL a minute after a cancelled command has ended, when its process group may be another one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const cancel = new AbortController();
    const running = runCommand({ program: 'sleep', args: ['60'], log: log() }, { signal: cancel.signal });
    const refused = expect(running).rejects.toThrow('cancelled');
    cancel.abort(new Error('cancelled'));
    await refused;
    const kill = vi.spyOn(process, 'kill');
    vi.advanceTimersByTime(600_000);
    expect(kill).not.toHaveBeenCalled();
  });

  it('runCommand kills the command before it throws when the process group cannot be recorded', async () => {
    let group: ProcessIdentity | undefined;
    const onStart = (started: ProcessIdentity) => {
      group = started;
      throw new Error('no room');
    };
    const { signal } = new AbortController();
    await expect(runCommand({ program: 'sleep', args: ['60'], log: log() }, { signal, onStart })).rejects.toThrow('no room');
    await until(() => group !== undefined && !groupIsRunning(group));
  });

  it('parentDeathWatch ends the command when its parent is killed', async () => {
    const starter = `
      const { spawn } = require('node:child_process');
      const child = spawn('/bin/sh', ['-c', ${JSON.stringify(parentDeathWatch)}, 'parent-death-watch', 'sleep', '60'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['-e', starter], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data: Buffer) => resolve(Number(data))));
    const group: ProcessIdentity = { host: (await import('node:os')).hostname(), pid };
    expect(groupIsRunning(group)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !groupIsRunning(group));
  });

  it('parentDeathWatch leaves no process waiting when the ended command is a zombie', async () => {
    const starter = 'exec 3<&0; setsid /bin/sh -c "$1" parent-death-watch sleep 60 <&3 & echo $!; exec sleep 60';
    const parent = spawn('sh', ['-c', starter, 'sh', parentDeathWatch], { stdio: ['pipe', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data: Buffer) => resolve(Number(data))));
    const group = processIdentity(pid);
    await until(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep'));
    parent.stdin.end();
    await until(() => !groupIsRunning(group));
    parent.kill('SIGKILL');
  });
});
