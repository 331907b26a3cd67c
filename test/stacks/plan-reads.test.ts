import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEstate } from '../../lib/estate/parse/parse';
import { planEstate } from '../../lib/estate/plan/plan';
import type { EstatePlan } from '../../lib/estate/plan-schema';
import { planMarkdown } from '../../lib/estate/summary/plan-markdown';
import { appOptions } from '../../stacks/app-options';
import { addCloudSite } from '../../stacks/aws';
import { addOnPremSite } from '../../stacks/kubernetes';
import { TerraformHalf } from '../../stacks/terraform-half';

/** Values of the plan that neither backend nor `plan.md` reads, by the reason; each pattern is that of a path. */
const unread: Readonly<Record<string, RegExp>> = {
  'decides addresses or checks them, and is not emitted itself':
    /^sites\/\*\/(?:egressPrefix|loadBalancerPrefix|nodeCidr|serviceCidr|zonePrefix)$/,
  'decides the rules of walls, which the plan holds': /^sites\/\*\/(?:s3\/.*|zones\/\*\/outbound\/\*\/(?:endpoint|link))$/,
  'is an input of sizing':
    /^sites\/\*\/(?:calibration\/.*|hardware\/(?:devicesPerNode|generation|nodesPerFailureDomain)|instanceTypes\/.*)$/,
  'explains a sizing, which diptych explain prints': /^sites\/\*\/tiers\/\*\/sizing\//,
  'tells alternatives apart that the site tells apart already': /^sites\/\*\/zones\/\*\/addresses\/kind$/,
  'decides the default trust level of a zone': /^sites\/\*\/zones\/\*\/purpose$/,
};

const isMap = (path: string) => /(?:podLabels|tags|prefixes|[gG]ateway)$/.test(path);

/** Path of a value inside another, in which `*` stands for an index or for a key that a person chose. */
function pathOf(path: string, holder: object, key: string): string {
  return `${path === '' ? '' : `${path}/`}${Array.isArray(holder) || isMap(path) ? '*' : key}`;
}

function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, pathOf(path, value, key)));
}

/** The same value, which adds the path of everything that is read of it. */
function watched<T>(value: T, reads: Set<string>, path = ''): T {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const child: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || typeof child === 'function' || (Array.isArray(target) && key === 'length')) return child;
      const at = pathOf(path, target, key);
      reads.add(at);
      return watched(child, reads, at);
    },
  });
}

function emit(plan: EstatePlan): void {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-reads-'));
  try {
    const app = new App(appOptions(join(folder, 'cdk.out')));
    const terraform = new TerraformHalf(app, 'TerraformHalf', join(folder, 'cdktf.out'));
    for (const { kind, id } of plan.sites) {
      if (kind === 'cloud') addCloudSite(app, plan, id);
      else addOnPremSite(terraform.app, plan, id);
    }
    app.synth();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('every value of the plan', () => {
  it('is read by a backend or by plan.md, or has a reason for which it is not', () => {
    const example: unknown = parse(readFileSync(join(__dirname, '../../examples/every-attribute/estate.yaml'), 'utf8'));
    const { plan } = planEstate(parseEstate(example).parsed);
    if (!plan) throw new Error('the example is unlawful');
    const reads = new Set<string>();
    const observed = watched(plan, reads);
    planMarkdown(observed);
    emit(observed);
    const missing = [...new Set(leavesOf(plan))].filter((path) => !reads.has(path));
    const reasons = Object.entries(unread);
    expect(missing.filter((path) => !reasons.some(([, pattern]) => pattern.test(path)))).toEqual([]);
    expect(reasons.filter(([, pattern]) => !missing.some((path) => pattern.test(path)))).toEqual([]);
  });
});
