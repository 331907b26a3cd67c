import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../../lib/deployment/model/step';
import { History } from '../../../lib/deployment/run/history';
import { Journal } from '../../../lib/deployment/run/journal';
import type { StepRecord } from '../../../lib/deployment/run/record';
import { resumptionOf, unfinishedAttempts, waitForLeftovers } from '../../../lib/deployment/run/resume';
import { runSteps } from '../../../lib/deployment/run/run-steps';
import { type ProcessIdentity, processIdentity } from '../../../lib/process/process-identity';
import { recordOf, stepRecord } from '../../fixtures/deployment';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-history-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const record = recordOf(4, [
  stepRecord('core', 'done', { fingerprint: 'core 1' }),
  stepRecord('extensions', 'running'),
  stepRecord('tiers', 'waiting'),
]);

const steps = ['core', 'extensions', 'tiers'].map((name): Step => {
  const stack = { name, site: 'own', half: 'on-prem' as const, after: [], file: '' };
  return { stack, by: 'apply', run: async () => ({ changed: false, summary: '' }), fingerprint: async () => `${name} 1` };
});

const same = { action: 'deploy', artifacts: 'sha256:one' } as const;

describe('resumptionOf', () => {
  it('resumptionOf skips completed stacks and names interrupted ones', async () => {
    const done = new Map([['core', { doneIn: 4, fingerprint: 'core 1' }]]);
    expect(await resumptionOf(record, same, steps)).toEqual({ number: 4, done, changed: [], interrupted: ['extensions'] });
  });

  it('resumptionOf repeats a completed stack when its fingerprint has changed', async () => {
    const changed = steps.map((step) => ({ ...step, fingerprint: async () => 'core 2' }));
    expect(await resumptionOf(record, same, changed)).toMatchObject({ done: new Map(), changed: ['core'] });
  });

  it('resumptionOf repeats a completed stack when its fingerprint is missing or cannot be read', async () => {
    const unmarked = { ...record, steps: [stepRecord('core', 'done')] };
    expect((await resumptionOf(unmarked, same, steps))?.done).toEqual(new Map());
    const silent = steps.map((step) => ({ ...step, fingerprint: () => Promise.reject(new Error('nobody answers')) }));
    expect((await resumptionOf(record, same, silent))?.done).toEqual(new Map());
  });

  it('History does not return a record of an earlier version', () => {
    const history = new History(folder);
    const { version } = record;
    history.write(record);
    expect(history.last()?.number).toBe(4);
    writeFileSync(join(folder, '4.json'), JSON.stringify({ ...record, version: version.replace(/\d+$/, '1') }));
    expect(history.last()).toBeUndefined();
  });

  it('runSteps records the fingerprint of each completed stack', async () => {
    const history = new History(folder);
    const waiting = { ...record, steps: steps.map(({ stack }) => stepRecord(stack.name, 'waiting')) };
    const journal = new Journal(history, waiting, () => {});
    await runSteps({ steps, journal, folder, earlier: [], signal: new AbortController().signal });
    expect(history.last()?.steps.map(({ status, fingerprint }) => `${status}: ${fingerprint}`)).toEqual(
      ['core', 'extensions', 'tiers'].map((name) => `done: ${name} 1`),
    );
  });

  it('resumptionOf ignores a run with other artifacts, another tool or the opposite action', async () => {
    expect(await resumptionOf(record, { ...same, artifacts: 'sha256:two' }, steps)).toBeUndefined();
    expect(await resumptionOf(record, { ...same, action: 'destroy' }, steps)).toBeUndefined();
    const byTerraform = await resumptionOf(
      record,
      same,
      steps.map((step) => ({ ...step, by: 'terraform' as const })),
    );
    expect(byTerraform?.done).toEqual(new Map());
  });

  it('resumptionOf ignores a run that is complete', async () => {
    expect(await resumptionOf({ ...record, outcome: 'done' }, same, steps)).toBeUndefined();
  });
});

describe('unfinishedAttempts', () => {
  const [step] = steps as [Step];
  const at = (hour: number) => `2026-11-21T0${hour}:00:00.000Z`;

  it('unfinishedAttempts returns all attempts since the step last succeeded, whatever the artifacts', () => {
    const history = new History(folder);
    const attempts: Partial<StepRecord>[] = [
      { status: 'failed', started: at(1), ended: at(2) },
      { status: 'done', started: at(2), ended: at(3) },
      { status: 'running', started: at(4) },
      { status: 'failed', started: at(5), ended: at(6) },
      { status: 'not-reached' },
    ];
    attempts.forEach(({ status = 'waiting', ...times }, index) => {
      const artifacts = `sha256:${index}`;
      history.write({
        ...record,
        number: index + 8,
        artifacts,
        steps: [stepRecord('core', status, times), stepRecord('tiers', 'waiting')],
      });
    });
    mkdirSync(join(folder, '1'));
    writeFileSync(join(folder, '1', 'core.log'), 'Creating...');
    expect(unfinishedAttempts(step, history.steps(), folder)).toEqual([
      { started: at(4), ended: at(5) },
      { started: at(5), ended: at(6) },
    ]);
  });

  it('unfinishedAttempts leaves out attempts by another tool', () => {
    const earlier = [stepRecord('core', 'failed', { started: at(1), ended: at(2) })];
    expect(unfinishedAttempts({ ...step, by: 'terraform' }, earlier, folder)).toEqual([]);
  });
});

describe('waitForLeftovers', () => {
  let leader: ProcessIdentity;
  const said: string[] = [];
  const left = (group: ProcessIdentity) => ({ ...record, steps: [stepRecord('tiers', 'running', { groups: [group] })] });
  const wait = (group: ProcessIdentity, milliseconds: number, { signal } = new AbortController()) =>
    waitForLeftovers(left(group), signal, (line) => said.push(line), milliseconds);

  beforeEach(() => {
    said.length = 0;
    leader = processIdentity(spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).pid ?? 0);
  });

  afterEach(() => {
    process.kill(-leader.pid, 'SIGKILL');
  });

  it('waitForLeftovers reports the wait, and fails with DEP028 after its timeout', async () => {
    const waiting = wait(leader, 300);
    expect(said).toEqual(['waiting up to 0.3 s for processes of an earlier run to end: tiers']);
    await expect(waiting).rejects.toThrow(new RegExp(`process group ${leader.pid} .*DEP028`));
  });

  it('waitForLeftovers ends when it is cancelled', async () => {
    const cancel = new AbortController();
    const waiting = wait(leader, 60_000, cancel);
    cancel.abort(new Error('cancelled'));
    await expect(waiting).rejects.toMatchObject({ cause: cancel.signal.reason });
  });

  it('waitForLeftovers ignores a process group whose pid has been reused', async () => {
    await wait({ ...leader, startedTicks: '1' }, 0);
    expect(said).toEqual([]);
  });
});

describe('History', () => {
  it('History returns the last record unchanged', () => {
    const history = new History(folder);
    expect(history.last()).toBeUndefined();
    history.write(record);
    expect(history.last()).toEqual(record);
    expect(history.nextNumber()).toBe(5);
  });

  it('History returns undefined for an unreadable record, and does not reuse its number', () => {
    writeFileSync(join(folder, '7.json'), '{"version":');
    const history = new History(folder);
    expect(history.last()).toBeUndefined();
    expect(history.nextNumber()).toBe(8);
  });
});
