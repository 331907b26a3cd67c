import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readPlan } from '../../lib/artifacts/plan-file';
import { synthesized } from '../fixtures/artifacts';

const schema = z.object({ version: z.literal('1'), estate: z.string() });

/** What reading a plan with some text comes to. */
function reading(text: string | undefined) {
  const folders = synthesized();
  const path = join(folders.diptych, 'plan.json');
  if (text === undefined) rmSync(path);
  else writeFileSync(path, text);
  return readPlan(folders, '1', schema);
}

it('a plan is read with its schema', () => {
  expect(reading('{"version":"1","estate":"acme"}')).toEqual({ data: { version: '1', estate: 'acme' } });
});

it.each([
  ['that is missing', undefined, 'ART008'],
  ['that is not JSON', '{', 'ART008'],
  ['without a version', '{}', 'ART008'],
  ['of another version', '{"version":"2","estate":"acme"}', 'ART009'],
  ['of another shape', '{"version":"1","estate":7}', 'ART008'],
])('a plan %s is refused', (_what, text, code) => {
  expect(reading(text)).toMatchObject({ problem: { code, path: 'diptych.out/plan.json' } });
});
