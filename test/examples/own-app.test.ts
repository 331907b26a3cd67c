import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diptych, folderOfTest, node } from '../support/diptych';

interface Template {
  Resources: Record<string, { Type: string }>;
}

const templateIn = (folder: string, stack: string) => JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8')) as Template;

describe('the stacks of one site in an existing CDK app', () => {
  it('have the same resources and logical ids as after diptych synth, and the stacks of the app are kept', () => {
    const folder = folderOfTest();
    const own = join(folder, 'own');
    expect(node(['dist/examples/own-app/app.js'], { env: { CDK_OUTDIR: own } })).toMatchObject({ status: 0, stderr: '' });
    expect(diptych(['synth', '--out', folder])).toMatchObject({ status: 0 });
    expect(Object.keys(templateIn(own, 'reporting').Resources)).toContain('TradeReports');
    for (const stack of ['dublin-network', 'dublin-zones-0', 'dublin-flows-1', 'dublin-tiers-0']) {
      const ours = templateIn(join(folder, 'cdk.out'), stack).Resources;
      const theirs = templateIn(own, stack).Resources;
      for (const [id, { Type }] of Object.entries(ours)) expect({ id, Type: theirs[id]?.Type }).toEqual({ id, Type });
    }
  });
});
