import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';

/** The example that is deployed. */
export const exampleFile = join('examples', 'meridian', 'estate.yaml');

/** Parts of the example that the tests themselves need. */
export interface Example {
  readonly sites: Readonly<Record<string, ExampleSite>>;
}

interface ExampleSite {
  readonly kind: 'cloud' | 'on-prem';
  readonly account?: string;
  readonly region?: string;
  readonly machineImageParameter?: string;
  readonly bootstrapQualifier?: string;
}

/** The one cloud site of the example. */
export function cloudSite(): {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly machineImageParameter: string;
} {
  const { sites } = parseDocument(readFileSync(exampleFile, 'utf8')).toJS() as Example;
  const [[id, site] = []] = Object.entries(sites).filter(([, { kind }]) => kind === 'cloud');
  if (!id || !site?.account || !site.region || !site.machineImageParameter) throw new Error(`Cannot find a cloud site in ${exampleFile}`);
  return { id, account: site.account, region: site.region, machineImageParameter: site.machineImageParameter };
}

/** Writes the example with one attribute changed; the attribute has to be there. */
export function writeVariant(file: string, path: readonly string[], value: unknown): void {
  const document = parseDocument(readFileSync(exampleFile, 'utf8'));
  if (!isMap(document.contents) || !document.hasIn(path))
    throw new Error(`Cannot change ${path.join('/')}: ${exampleFile} has no such attribute`);
  document.setIn(path, value);
  writeFileSync(file, document.toString());
}
