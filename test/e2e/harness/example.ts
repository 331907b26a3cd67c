import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { CloudSitePlan, EstatePlan, OnPremSitePlan } from '../../../lib/estate/plan-schema';
import { succeed } from './command';

/** The example that is deployed. */
export const exampleFile = join('examples', 'meridian', 'estate.yaml');

/** Artifacts of both sites and the plan they were made from. */
export interface Synthesized {
  readonly cloudAssembly: string;
  readonly terraformFolder: string;
  readonly plan: EstatePlan;
}

/** Synthesizes an estate into a folder with the `diptych` command. */
export async function synthesize(estate: string, out: string): Promise<Synthesized> {
  await succeed(process.execPath, [join('dist', 'bin', 'diptych.js'), 'synth', estate, '--out', out]);
  const plan = JSON.parse(readFileSync(join(out, 'diptych.out', 'plan.json'), 'utf8')) as EstatePlan;
  return { cloudAssembly: join(out, 'cdk.out'), terraformFolder: join(out, 'cdktf.out'), plan };
}

/** The only cloud site of an estate. */
export function cloudSiteOf({ sites }: EstatePlan): CloudSitePlan {
  const found = sites.flatMap((site) => (site.kind === 'cloud' ? [site] : []));
  return only(found, 'cloud site');
}

/** The only on-prem site of an estate. */
export function onPremSiteOf({ sites }: EstatePlan): OnPremSitePlan {
  const found = sites.flatMap((site) => (site.kind === 'on-prem' ? [site] : []));
  return only(found, 'on-prem site');
}

function only<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`the example has ${found.length} sites of the kind ${what}; the tests need exactly one`);
  return first;
}

/** An attribute of a description and its new value; the parent of the attribute must exist. */
export interface Change {
  readonly path: readonly string[];
  /** @default - the attribute is removed */
  readonly value?: unknown;
}

/** Writes the example with some attributes changed, and returns the path of the file. */
export function writeVariant(file: string, changes: readonly Change[]): string {
  const document = parseDocument(readFileSync(exampleFile, 'utf8'));
  for (const { path, value } of changes) {
    if (!document.hasIn(path.slice(0, -1)))
      throw new Error(`${exampleFile} has no ${path.slice(0, -1).join('/')}, so ${path.join('/')} cannot be changed`);
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, value);
  }
  writeFileSync(file, document.toString());
  return resolve(file);
}
