import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../lib/deployment/run/record';
import { endOf, lineView } from '../../../lib/deployment/run/view';

const step: StepRecord = {
  stack: 'own-core',
  site: 'own',
  half: 'on-prem',
  by: 'apply',
  status: 'waiting',
  log: 'log',
  groups: [],
  untainted: [],
  unlocked: [],
};

const failed: StepRecord = { ...step, status: 'failed', summary: 'own-core: Cannot deploy the stack' };

describe('view', () => {
  it('endOf shows the summary of a completed step, and only the status of a failed one', () => {
    expect(endOf({ ...step, status: 'done', summary: '11 created' })).toBe('11 created');
    expect(endOf(failed)).toBe('failed');
    expect(endOf({ ...step, status: 'interrupted', summary: 'cancelled' })).toBe('interrupted');
    expect(endOf({ ...step, status: 'not-reached', summary: 'own-core was not done' })).toBe('not reached: own-core was not done');
  });

  it('lineView prints each status once, without the summary', () => {
    const lines: string[] = [];
    const tell = lineView((line) => lines.push(line)).begin([step]);
    const running = { ...step, status: 'running' } as const;
    for (const one of [running, { ...running, groups: [] }, failed]) tell(one);
    expect(lines).toEqual(['own: own-core: by apply', 'own: own-core: failed']);
  });
});
