import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../lib/deployment/history';
import { type DeploymentRecord, recordVersion, type StepRecord } from '../../lib/deployment/record-schema';
import { resumptionOf } from '../../lib/deployment/resume';
import type { Step } from '../../lib/deployment/step';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-history-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function stepRecord(stack: string, status: StepRecord['status']): StepRecord {
  return { stack, site: 'own', half: 'on-prem', by: 'apply', status, log: `1/${stack}.log`, groups: [], untainted: [], unlocked: [] };
}

const record: DeploymentRecord = {
  version: recordVersion,
  number: 4,
  action: 'deploy',
  estate: 'example',
  artifacts: 'sha256:one',
  process: { host: 'here', pid: 1 },
  started: '2026-11-21T08:00:00.000Z',
  outcome: 'running',
  sitesLost: [],
  steps: [stepRecord('core', 'done'), stepRecord('extensions', 'running'), stepRecord('tiers', 'waiting')],
};

const steps = ['core', 'extensions', 'tiers'].map((name): Step => {
  const stack = { name, site: 'own', half: 'on-prem' as const, after: [], file: '' };
  return { stack, by: 'apply', run: async () => ({ changed: false, summary: '' }) };
});

const same = { action: 'deploy', artifacts: 'sha256:one' } as const;

describe('a deployment that was cut short', () => {
  it('is taken up: what was done is not done again, and what was under way is known', () => {
    const resumption = resumptionOf(record, same, steps);
    expect(resumption).toEqual({ number: 4, done: new Map([['core', 4]]), interrupted: new Set(['extensions']) });
  });

  it('is not taken up with other artifacts, by another tool, or when it was the opposite', () => {
    expect(resumptionOf(record, { ...same, artifacts: 'sha256:two' }, steps)).toBeUndefined();
    expect(resumptionOf(record, { ...same, action: 'destroy' }, steps)).toBeUndefined();
    expect(
      resumptionOf(
        record,
        same,
        steps.map((step) => ({ ...step, by: 'terraform' as const })),
      )?.done,
    ).toEqual(new Map());
  });

  it('leaves nothing to take up once it is done', () => {
    expect(resumptionOf({ ...record, outcome: 'done' }, same, steps)).toBeUndefined();
  });
});

describe('the history of deployments', () => {
  it('answers the last record, whole', () => {
    const history = new History(folder);
    expect(history.last()).toBeUndefined();
    history.write(record);
    expect(history.last()).toEqual(record);
    expect(history.nextNumber()).toBe(5);
  });

  it('takes a record that cannot be read for none, and never its number again', () => {
    writeFileSync(join(folder, '7.json'), '{"version":');
    const history = new History(folder);
    expect(history.last()).toBeUndefined();
    expect(history.nextNumber()).toBe(8);
  });
});
