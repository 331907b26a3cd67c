import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundEventLog, boundProgram } from '../../../lib/tls/boot/event-store';
import { eventLogFile } from '../../../lib/tls/boot/tier-unit';
import { userData } from '../../../lib/tls/boot/user-data';
import { bootInput, written } from '../../fixtures/boot';

const mebibyte = 1_024 * 1_024;

describe('the store of the event log of an instance', () => {
  let folder: string;
  let log: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'diptych-events-'));
    log = join(folder, 'tier.log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function bound(mebibytes: number) {
    const program = boundEventLog(mebibytes).replaceAll(eventLogFile, log);
    const { status, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }

  const usedBytes = () => statSync(log).blocks * 512;

  it('loses no line while lines are written, and uses no more disk space than it keeps', async () => {
    const lines = 400_000;
    const writer = spawn('bash', ['-c', `exec seq --format 'event %010.0f of a session' 1 ${lines} >>"$0"`, log], { stdio: 'ignore' });
    const ended = once(writer, 'exit');
    let running = true;
    void ended.then(() => {
      running = false;
    });
    while (running) {
      bound(4);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    bound(4);
    const text = readFileSync(log, 'latin1');
    expect(text.length).toBe(lines * 'event 0000000001 of a session\n'.length);
    expect(usedBytes()).toBeLessThanOrEqual(4 * mebibyte + 2 * 4_096);
    const kept = text
      .slice(text.lastIndexOf('\0') + 1)
      .split('\n')
      .slice(1, -1);
    expect(kept.length).toBeGreaterThan((4 * mebibyte) / 30 - 300);
    const first = lines - kept.length + 1;
    expect(kept.every((line, index) => line === `event ${String(first + index).padStart(10, '0')} of a session`)).toBe(true);
  });

  it('keeps the offsets of a reader that is behind', () => {
    writeFileSync(log, `${'a'.repeat(3 * mebibyte)}${'b'.repeat(mebibyte)}`);
    bound(2);
    const text = readFileSync(log, 'latin1');
    expect(text.slice(3 * mebibyte)).toBe('b'.repeat(mebibyte));
    expect(usedBytes()).toBeLessThanOrEqual(2 * mebibyte + 4_096);
  });

  it('leaves a log alone that is small, or does not exist yet', () => {
    bound(1);
    writeFileSync(log, 'one line\n');
    bound(1);
    expect(readFileSync(log, 'utf8')).toBe('one line\n');
  });

  it('is limited every minute by a timer that the boot script starts', () => {
    const script = userData(bootInput());
    expect(written(script, '/etc/systemd/system/diptych-event-log.timer')).toContain('OnUnitActiveSec=60');
    expect(written(script, '/etc/systemd/system/diptych-event-log.service')).toContain(`ExecStart=${boundProgram}`);
    expect(script).toContain('\nsystemctl enable --now diptych-event-log.timer\n');
    expect(script).not.toContain('copytruncate');
  });
});
