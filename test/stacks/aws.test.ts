import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { afterAll, describe, expect, it } from 'vitest';
import { appOptions } from '../../stacks/app-options';
import { addCloudSite } from '../../stacks/aws';
import { templateLimits, templateProblems, templateSizes } from '../../stacks/template-limits';
import { cloudFiles, cloudTemplates } from '../fixtures/cloud-templates';
import { plannedTwoSites } from '../fixtures/two-sites';

const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'diptych-stacks-'));
  folders.push(made);
  return made;
}

afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

describe('the stacks of a cloud site', () => {
  it('are its network, and by eight slots its zones, flows and tiers, each after what it needs', () => {
    const stacks = addCloudSite(new App(appOptions(folder())), plannedTwoSites(), 'cloud');
    expect(stacks.map(({ stackName }) => stackName)).toEqual([
      'cloud-network',
      'cloud-zones-0',
      'cloud-zones-1',
      'cloud-flows-0',
      'cloud-flows-1',
      'cloud-tiers-0',
    ]);
    for (const [index, stack] of stacks.entries()) {
      for (const needed of stack.dependencies) expect(stacks.indexOf(needed)).toBeLessThan(index);
    }
  });

  it('import nothing that no stack before them exports', () => {
    const exported = new Set<string>();
    for (const template of cloudTemplates(plannedTwoSites()).values()) {
      const text = JSON.stringify(template.toJSON());
      for (const [, name = ''] of text.matchAll(/"Fn::ImportValue":"([^"]*)"/g)) expect(exported).toContain(name);
      for (const [, name = ''] of text.matchAll(/"Export":\{"Name":"([^"]*)"/g)) exported.add(name);
    }
    expect(exported.size).toBeGreaterThan(0);
  });

  it('are protected against deletion where a zone is critical, and never where only rules would go', () => {
    const stacks = addCloudSite(new App(appOptions(folder())), plannedTwoSites(), 'cloud');
    const guarded = stacks.filter(({ terminationProtection }) => terminationProtection).map(({ stackName }) => stackName);
    expect(guarded).toEqual(['cloud-network', 'cloud-zones-0', 'cloud-tiers-0']);
  });

  it('are the same bytes in any folder', () => {
    const plan = plannedTwoSites();
    const files = cloudFiles(plan, folder());
    expect(cloudFiles(plan, folder())).toEqual(files);
    for (const text of files.values()) expect(text).not.toContain(tmpdir());
  });

  it("can stand in an App that is not Diptych's, beside its own stacks", () => {
    const app = new App({ outdir: folder(), treeMetadata: false });
    new Stack(app, 'Theirs');
    addCloudSite(app, plannedTwoSites(), 'cloud');
    expect(app.synth().stacks.map(({ stackName }) => stackName)).toContain('cloud-tiers-0');
  });

  it('are refused for a site that is not in the cloud', () => {
    expect(() => addCloudSite(new App(appOptions(folder())), plannedTwoSites(), 'frankfurt')).toThrow(RangeError);
  });
});

describe('a template that CloudFormation would refuse for its size', () => {
  it('is named with what is too much of it', () => {
    const size = { stack: 'cloud-flows-0', resources: templateLimits.resources, bytes: templateLimits.bytes };
    expect(templateProblems([size])).toEqual([]);
    const problems = templateProblems([
      { ...size, resources: 501 },
      { ...size, bytes: 1_000_001 },
    ]);
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['QUO012', 'stacks/cloud-flows-0'],
      ['QUO012', 'stacks/cloud-flows-0'],
    ]);
  });

  it('is measured as it was written', () => {
    const outdir = folder();
    const app = new App(appOptions(outdir));
    const stacks = addCloudSite(app, plannedTwoSites(), 'cloud');
    const assembly = app.synth();
    for (const { stack, resources, bytes } of templateSizes(stacks, outdir)) {
      const { template } = assembly.getStackByName(stack);
      expect(resources).toBe(Object.keys(template.Resources).length);
      expect(bytes).toBe(Buffer.byteLength(JSON.stringify(template, undefined, 1)));
    }
  });
});
