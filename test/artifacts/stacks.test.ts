import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Site } from '../../lib/artifacts/site';
import { readStacks } from '../../lib/artifacts/stacks';
import { folderOfTest } from '../support/diptych';

const own: Site = { kind: 'on-prem', id: 'own', context: 'own', clusterIdentity: 'own' };
const cloud: Site = { kind: 'cloud', id: 'cloud', account: '111122223333', region: 'eu-west-1' };

/** Artifacts of four sites, of which two have ids that begin with those of the other two. */
function outputs() {
  const folder = folderOfTest();
  const folders = { cloud: join(folder, 'cdk.out'), terraform: join(folder, 'cdktf.out'), diptych: join(folder, 'diptych.out') };
  for (const path of Object.values(folders)) mkdirSync(path);
  const onPrem = ['own-core', 'own-tiers', 'own-dr-core', 'own-dr-tiers'];
  const stacks = onPrem.map((name) => [name, { dependencies: [], synthesizedStackPath: `stacks/${name}/cdk.tf.json` }]);
  writeFileSync(join(folders.terraform, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(stacks) }));
  const inCloud = ['cloud-network', 'cloud-tiers-0', 'cloud-tiers-network', 'cloud-tiers-tiers-0'];
  const artifacts = inCloud.map((name) => [
    name,
    { type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.template.json` } },
  ]);
  writeFileSync(join(folders.cloud, 'manifest.json'), JSON.stringify({ artifacts: Object.fromEntries(artifacts) }));
  return folders;
}

test('a site has its own stacks only, whatever sites begin with its name and are not chosen', () => {
  expect(readStacks(outputs(), [own]).map(({ name }) => name)).toEqual(['own-core', 'own-tiers']);
  expect(readStacks(outputs(), [cloud]).map(({ name }) => name)).toEqual(['cloud-network', 'cloud-tiers-0']);
  expect(readStacks(outputs(), [{ ...cloud, id: 'cloud-tiers' }]).map(({ name }) => name)).toEqual([
    'cloud-tiers-network',
    'cloud-tiers-tiers-0',
  ]);
});
