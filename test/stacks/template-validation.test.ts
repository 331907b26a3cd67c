import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  App,
  CfnResource,
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Stack,
  Validations,
} from 'aws-cdk-lib/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { foldersIn } from '../../lib/artifacts/folders';
import { appOptions } from '../../stacks/app-options';
import { synthesizeEstate } from '../../stacks/estate';
import { TemplateFindingsCache, userFolder } from '../../stacks/template-findings';
import { CachedTemplateValidation } from '../../stacks/template-validation';
import { plannedTwoSites } from '../fixtures/two-sites';
import { folderOfTest } from '../support/diptych';

// Warnings are printed when an app is synthesized.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

type Properties = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const validation = (cache: string) => new CachedTemplateValidation(new TemplateFindingsCache(cache));

const vpc = (cidr: string) => ({ CidrBlock: cidr });

/** Synthesizes one stack with a VPC for each entry, and returns the validation report. */
function synthesize(cache: string, vpcs: Properties, { outdir = folderOfTest(), acknowledged = false, plugin = validation(cache) } = {}) {
  const app = new App({ ...appOptions(outdir), builtinCloudFormationValidation: false });
  Validations.of(app).addPlugins(plugin);
  for (const [name, properties] of Object.entries(vpcs)) {
    const stack = new Stack(app, name, { env: { account: '111122223333', region: 'eu-west-1' } });
    if (acknowledged) Validations.of(stack).acknowledge({ id: 'CloudFormation-Validate::W3010', reason: 'zones are declared' });
    const { AvailabilityZone, ...rest } = properties;
    const { ref } = new CfnResource(stack, 'Vpc', { type: 'AWS::EC2::VPC', properties: rest });
    const subnet = { VpcId: ref, CidrBlock: '10.0.0.0/24', AvailabilityZone };
    if (AvailabilityZone) new CfnResource(stack, 'Subnet', { type: 'AWS::EC2::Subnet', properties: subnet });
  }
  app.synth();
  const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
  return JSON.parse(report).pluginReports[0];
}

/** Findings of a stand-in for the CDK's validator, which takes seconds to start: unknown properties and declared zones. */
function standIn({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
  const violations = stackTemplates.flatMap(({ templatePath }): PolicyViolation[] => {
    const text = readFileSync(templatePath, 'utf8');
    const at = (resourceLogicalId: string) => ({ violatingResources: [{ resourceLogicalId, templatePath, locations: [] }] });
    return [
      ...(text.includes('CidrBlok"')
        ? [{ ruleName: 'F3002', description: 'unknown property CidrBlok', severity: 'error', ...at('Vpc') }]
        : []),
      ...(text.includes('AvailabilityZone"')
        ? [{ ruleName: 'W3010', description: 'declared zone', severity: 'warning', ...at('Subnet') }]
        : []),
    ];
  });
  return { success: violations.every(({ severity }) => severity !== 'error'), violations };
}

/** Names of the templates that the validator has read, one list for each time that it was called. */
function watchValidator() {
  const spy = vi.spyOn(CloudFormationValidatePlugin.prototype, 'validate').mockImplementation(standIn);
  return () => spy.mock.calls.map(([{ stackTemplates }]) => stackTemplates.map(({ stackConstructPath }) => stackConstructPath));
}

describe('CachedTemplateValidation', () => {
  it('validates a template once, and a changed template again', () => {
    const [cache, validated] = [folderOfTest(), watchValidator()];
    synthesize(cache, { One: vpc('10.0.0.0/16'), Other: vpc('10.1.0.0/16') });
    synthesize(cache, { One: vpc('10.0.0.0/16'), Other: vpc('10.1.0.0/16') });
    synthesize(cache, { One: vpc('10.0.0.0/16'), Other: vpc('10.2.0.0/16') });
    expect(validated()).toEqual([['One', 'Other'], ['Other']]);
  });

  it('refuses an invalid template every time, also where its neighbor passed before', () => {
    const [cache, validated] = [folderOfTest(), watchValidator()];
    const stacks = { Right: vpc('10.0.0.0/16'), Wrong: { CidrBlok: '10.1.0.0/16' } };
    expect(() => synthesize(cache, stacks)).toThrow(/CidrBlok/);
    expect(() => synthesize(cache, stacks)).toThrow(/CidrBlok/);
    expect(validated()).toEqual([['Right', 'Wrong'], ['Wrong']]);
  });

  it('reports the same findings from the cache as from the validator, acknowledged or not', () => {
    const [cache, validated] = [folderOfTest(), watchValidator()];
    const stacks = {
      One: { CidrBlock: '10.0.0.0/16', AvailabilityZone: 'eu-west-1a' },
      Other: { CidrBlock: '10.1.0.0/16', AvailabilityZone: 'eu-west-1a' },
    };
    const first = synthesize(cache, stacks);
    expect(first.violations).toEqual([expect.objectContaining({ ruleName: 'W3010', severity: 'warning' })]);
    expect(first.violations[0].violatingConstructs).toHaveLength(2);
    expect(synthesize(cache, stacks)).toEqual(first);
    const acknowledged = synthesize(cache, stacks, { acknowledged: true });
    expect(acknowledged).toMatchObject({ conclusion: 'success', violations: [] });
    expect(acknowledged.suppressedViolations).toEqual([
      expect.objectContaining({ ruleName: 'W3010', acknowledgedAt: 'One' }),
      expect.objectContaining({ ruleName: 'W3010', acknowledgedAt: 'Other' }),
    ]);
    expect(validated()).toHaveLength(1);
  });

  it('refuses twice what the validator of the CDK itself finds, under its name and version', () => {
    const cache = folderOfTest();
    const outdir = folderOfTest();
    const stacks = { One: { CidrBlok: '10.0.0.0/16', AvailabilityZone: 'eu-west-1a' } };
    // One instance, so that the validator starts once; what it refused is stored nowhere else.
    const plugin = validation(cache);
    expect(() => synthesize(cache, stacks, { outdir, plugin })).toThrow(/CidrBlok/);
    expect(() => synthesize(cache, stacks, { plugin })).toThrow(/CidrBlok/);
    expect(readdirSync(cache)).toEqual([]);
    const [report] = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')).pluginReports;
    const { name, version } = new CloudFormationValidatePlugin();
    expect(report).toMatchObject({ pluginName: name, pluginVersion: version, conclusion: 'failure' });
    expect(report.violations).toEqual(expect.arrayContaining([expect.objectContaining({ ruleName: 'W3010', severity: 'warning' })]));
  }, 120_000);

  it.each([
    ['cut short', (text: string) => text.slice(0, -5)],
    ['empty', () => ''],
    ['null', () => 'null'],
    ['without findings', (text: string) => JSON.stringify({ key: JSON.parse(text).key })],
    ['of another shape', (text: string) => JSON.stringify({ key: JSON.parse(text).key, findings: [{}] })],
    ['of another template', (text: string) => JSON.stringify({ ...JSON.parse(text), key: 'sha256:00' })],
  ])('validates again where an entry of the cache is %s', (_how, damage) => {
    const [cache, validated] = [folderOfTest(), watchValidator()];
    const stacks = { One: vpc('10.0.0.0/16') };
    synthesize(cache, stacks);
    const path = join(cache, readdirSync(cache)[0] ?? '');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, damage(whole));
    synthesize(cache, stacks);
    expect(validated()).toHaveLength(2);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });

  it('validates every time where the cache can be neither read nor written', () => {
    const [folder, validated] = [folderOfTest(), watchValidator()];
    writeFileSync(join(folder, 'file'), '');
    synthesize(join(folder, 'file', 'cache'), { One: vpc('10.0.0.0/16') });
    synthesize(join(folder, 'file', 'cache'), { One: vpc('10.0.0.0/16') });
    expect(validated()).toEqual([['One'], ['One']]);
  });
});

describe('TemplateFindingsCache', () => {
  it('the cache of findings keeps the most recently used entries', () => {
    const folder = folderOfTest();
    const cache = new TemplateFindingsCache(folder, 2);
    cache.write(new Map(['a', 'b'].map((key) => [key, []])));
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1, 1);
    expect(cache.read('a')).toEqual([]);
    cache.write(new Map([['c', []]]));
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'c.json']);
  });

  it.each([
    ['XDG_CACHE_HOME', { XDG_CACHE_HOME: '/caches' }, '/caches/diptych/template-findings'],
    ['the home folder where XDG_CACHE_HOME is empty', { XDG_CACHE_HOME: '' }, '/home/.cache/diptych/template-findings'],
    ['the home folder where XDG_CACHE_HOME is relative', { XDG_CACHE_HOME: 'caches' }, '/home/.cache/diptych/template-findings'],
  ])('the cache of findings is in %s', (_where, env, expected) => {
    expect(userFolder(env, () => '/home')).toBe(expected);
  });

  it('the cache of findings stores nothing for a user without a home folder', () => {
    const folder = userFolder({}, () => {
      throw new Error('ENOENT: no such user');
    });
    expect(folder).toBeUndefined();
  });
});

describe('synthesizeEstate', () => {
  it.each([
    ['false', 0],
    ['true', 1],
    ['', 1],
  ])('with CDK_VALIDATION=%s calls the validator %s times', (variable, times) => {
    const out = folderOfTest();
    vi.stubEnv('CDK_VALIDATION', variable);
    vi.stubEnv('XDG_CACHE_HOME', folderOfTest());
    const spy = vi.spyOn(CloudFormationValidatePlugin.prototype, 'validate').mockReturnValue({ success: true, violations: [] });
    synthesizeEstate(plannedTwoSites(), { folders: foldersIn(out), inputs: {} });
    expect(spy).toHaveBeenCalledTimes(times);
  });
});
