import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import { stackResources } from '../../../lib/estate/quotas/quotas';
import { cloudTemplates } from '../../fixtures/cloud-templates';
import { planned, plannedTwoSites } from '../../fixtures/two-sites';

const example = (name: string) => planned(parse(readFileSync(join(__dirname, `../../../examples/${name}/estate.yaml`), 'utf8')));

const estates: readonly (readonly [string, () => EstatePlan, string])[] = [
  ['two sites', plannedTwoSites, 'cloud'],
  ['Meridian', () => example('meridian'), 'dublin'],
  ['every attribute, in a VPC made here', () => example('every-attribute'), 'dublin'],
  ['every attribute, in an existing VPC', () => example('every-attribute'), 'frankfurt'],
];

describe('the resources of stacks', () => {
  it.each(estates)('are counted in the plan as the templates of %s hold them', (_, plan, siteId) => {
    const estate = plan();
    const site = estate.sites.find(({ id }) => id === siteId);
    if (site?.kind !== 'cloud') throw new Error(`no cloud site ${siteId}`);
    const templates = [...cloudTemplates(estate, siteId)];
    const emitted = templates.map(([part, template]) => [`${siteId}-${part}`, Object.keys(template.toJSON().Resources).length]);
    expect(Object.fromEntries(stackResources(estate, site))).toEqual(Object.fromEntries(emitted));
  });
});
