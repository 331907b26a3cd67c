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
  it('a cloud site has a network stack and, per eight slots, stacks for zones, flows and tiers in order of dependency', () => {
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

  it('the stacks of a cloud site import only exports of earlier stacks', () => {
    const exported = new Set<string>();
    for (const template of cloudTemplates(plannedTwoSites()).values()) {
      const text = JSON.stringify(template.toJSON());
      for (const [, name = ''] of text.matchAll(/"Fn::ImportValue":"([^"]*)"/g)) expect(exported).toContain(name);
      for (const [, name = ''] of text.matchAll(/"Export":\{"Name":"([^"]*)"/g)) exported.add(name);
    }
    expect(exported.size).toBeGreaterThan(0);
  });

  it('stacks with critical zones have termination protection, except stacks of rules', () => {
    const stacks = addCloudSite(new App(appOptions(folder())), plannedTwoSites(), 'cloud');
    const guarded = stacks.filter(({ terminationProtection }) => terminationProtection).map(({ stackName }) => stackName);
    expect(guarded).toEqual(['cloud-network', 'cloud-zones-0', 'cloud-tiers-0']);
  });

  it('the templates of a cloud site are the same in any folder', () => {
    const plan = plannedTwoSites();
    const files = cloudFiles(plan, folder());
    expect(cloudFiles(plan, folder())).toEqual(files);
    for (const text of files.values()) expect(text).not.toContain(tmpdir());
  });

  it('the stacks of a cloud site can be part of another CDK app', () => {
    const app = new App({ outdir: folder(), treeMetadata: false });
    new Stack(app, 'Theirs');
    addCloudSite(app, plannedTwoSites(), 'cloud');
    expect(app.synth().stacks.map(({ stackName }) => stackName)).toContain('cloud-tiers-0');
  });

  it('addCloudSite refuses an on-prem site', () => {
    expect(() => addCloudSite(new App(appOptions(folder())), plannedTwoSites(), 'frankfurt')).toThrow(RangeError);
  });
});

describe('a template that CloudFormation would refuse for its size', () => {
  it('a template over a limit is reported with its size and the limit', () => {
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

  it('the size of a template is that of the written file', () => {
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
