import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { planJsonSchema } from '../../../lib/estate/plan/json-schema';
import { estatePlan, planVersion } from '../../../lib/estate/plan-schema';
import { plannedTwoSites } from '../../fixtures/two-sites';

const stored: unknown = JSON.parse(readFileSync(join(__dirname, '../../fixtures/plan-1.json'), 'utf8'));

function complaints(plan: unknown): unknown[] {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(planJsonSchema());
  return validate(plan) ? [] : (validate.errors ?? []);
}

describe('the schema of the plan', () => {
  it('the JSON Schema of the plan in docs is up to date', async () => {
    await expect(`${JSON.stringify(planJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(join(__dirname, '../../../docs/plan.schema.json'));
  });

  it('a new plan is valid in both schema languages', () => {
    const plan = plannedTwoSites();
    expect(complaints(plan)).toEqual([]);
    expect(estatePlan.parse(plan)).toEqual(plan);
  });

  it('a plan of an earlier release with the same version is valid', () => {
    expect((stored as { version: string }).version).toBe(planVersion);
    expect(complaints(stored)).toEqual([]);
    expect(() => estatePlan.parse(stored)).not.toThrow();
  });

  it('a plan without a required attribute is refused', () => {
    const { sites: _sites, ...rest } = plannedTwoSites();
    expect(complaints(rest)).not.toEqual([]);
  });
});
