import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { Step } from '../../../lib/deployment/model/step';
import { deploy, historyFolder } from '../../../lib/deployment/run/deployment';
import { History } from '../../../lib/deployment/run/history';
import { Journal } from '../../../lib/deployment/run/journal';
import { runSteps } from '../../../lib/deployment/run/run-steps';
import { acquireFileLock } from '../../../lib/process/file-lock';
import { deployment, recordOf, stepRecord } from '../../fixtures/deployment';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-steps-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function step(name: string, run: Step['run'], after: readonly string[] = []): Step {
  return { stack: { name, site: name, half: 'on-prem', after, file: '' }, by: 'apply', run };
}

/** Runs steps of a new record, and keeps what is shown of them. */
function run(steps: readonly Step[], { signal = new AbortController().signal }: { signal?: AbortSignal } = {}) {
  const shown: string[] = [];
  const record = recordOf(
    1,
    steps.map(({ stack: { name, site }, by }) => stepRecord(name, 'waiting', { site, by })),
  );
  const journal = new Journal(new History(folder), record, ({ stack, status }) => shown.push(`${stack} ${status}`));
  return { shown, journal, ended: runSteps({ steps, journal, folder, earlier: [], signal }) };
}

/** Makes every further write of the record fail with ENOSPC. */
function fillDisk(): void {
  symlinkSync('/dev/full', join(folder, '1.json.unfinished'));
}

const unkept = /^deployments\/1: the record or a log cannot be written: "no space is left on the device"; .* \[DEP020\]$/;

test('a step fails with DEP026 when a request in it fails', async () => {
  const broken = step('broken', () => Promise.reject(new TypeError('no answer')));
  const { ended } = run([broken]);
  await ended;
  const problem = expect.objectContaining({ code: 'DEP026', message: expect.stringContaining('TypeError: no answer') });
  expect(new History(folder).last()?.steps).toMatchObject([{ status: 'failed', problem }]);
});

describe('runSteps when the run is cancelled', () => {
  const began = () => Promise.reject(new Error('began'));

  it('runSteps starts no further step after a cancellation, even if its dependencies are done or it only waits for a slot', async () => {
    const cancel = new AbortController();
    const first = step('first', async () => {
      cancel.abort();
      return { changed: true, summary: 'done' };
    });
    const turns = ['a', 'b', 'c'].map((name) => step(name, () => sleep(10).then(() => ({ changed: false, summary: '' }))));
    const { shown, journal, ended } = run([first, ...turns, step('next', began, ['first']), step('fifth', began)], {
      signal: cancel.signal,
    });
    await ended;
    expect(shown).toContain('first done');
    for (const name of ['next', 'fifth'])
      expect(journal.step(name)).toMatchObject({ status: 'not-reached', summary: 'cancelled before it began' });
  });

  it('runSteps starts no step when the run was cancelled before the first one', async () => {
    const { shown, ended } = run([step('first', began), step('next', began, ['first'])], { signal: AbortSignal.abort() });
    await ended;
    expect(shown).toEqual(['first not-reached', 'next not-reached']);
  });

  it('runSteps reports a running step as interrupted when the run is cancelled', async () => {
    const cancel = new AbortController();
    const slow = step('slow', async ({ signal }) => {
      cancel.abort();
      signal.throwIfAborted();
      return { changed: false, summary: '' };
    });
    const { shown, ended } = run([slow], { signal: cancel.signal });
    await ended;
    expect(shown).toEqual(['slow running', 'slow interrupted']);
  });
});

describe('runSteps when the record cannot be written', () => {
  it('runSteps cancels the other steps and waits for them before it fails with DEP020', async () => {
    const ended: string[] = [];
    const full = step('full', async () => {
      await sleep(20);
      fillDisk();
      return { changed: true, summary: 'done' };
    });
    const slow = step('slow', async ({ signal }) => {
      await sleep(60_000, undefined, { signal }).catch(() => sleep(100));
      ended.push('slow');
      signal.throwIfAborted();
      return { changed: false, summary: '' };
    });
    await expect(run([full, slow]).ended).rejects.toThrow(unkept);
    expect(ended).toEqual(['slow']);
  });

  it('runSteps reports the end of every step, and dependent steps as not reached', async () => {
    const full = step('full', async () => {
      fillDisk();
      return { changed: true, summary: 'done' };
    });
    const next = step('next', () => Promise.reject(new Error('began')), ['full']);
    const { shown, ended } = run([full, next]);
    await expect(ended).rejects.toThrow(unkept);
    expect(shown).toEqual(['full running', 'full done', 'next not-reached']);
  });

  it('deploy fails before any step is shown when the first record cannot be written', async () => {
    const outputs = { cloud: folder, terraform: folder, diptych: folder };
    writeFileSync(join(folder, 'manifest.json'), '{"artifacts":{},"stacks":{}}');
    mkdirSync(historyFolder(outputs));
    symlinkSync('/dev/full', join(historyFolder(outputs), '1.json.unfinished'));
    const begin = vi.fn(() => () => {});
    const deployed = deploy(deployment({ outputs, begin }));
    await expect(deployed).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(begin).not.toHaveBeenCalled();
  });
});

test('deploy refuses with DEP005 while a running process holds the lock of the records', async () => {
  const outputs = { cloud: folder, terraform: folder, diptych: folder };
  const lock = acquireFileLock(new History(historyFolder(outputs)).folder);
  const problem = expect.objectContaining({ code: 'DEP005', message: expect.stringContaining(`process ${process.pid} on `) });
  await expect(deploy(deployment({ outputs }))).rejects.toMatchObject({ kind: 'refused', problems: [problem] });
  lock.release();
});
