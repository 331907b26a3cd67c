import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declaredSites, digestOf, digestsPath, inputDigests, readDigests } from '../../lib/artifacts/digests';
import { type ArtifactFolders, foldersIn, pathOf } from '../../lib/artifacts/folders';
import { productVersion } from '../../lib/artifacts/product-version';
import { abandonSynthesis, beginSynthesis, endSynthesis, writeWhole } from '../../lib/artifacts/synthesis';
import { artifactProblems } from '../../lib/artifacts/wholeness';
import { inputs, synthesized } from '../fixtures/artifacts';
import { folderOfTest, root } from '../support/diptych';

const codes = (folders: ArtifactFolders, of = inputs) =>
  artifactProblems(folders, { inputs: of }).map(({ code, path }) => `${code} ${path}`);

/** Rewrites `digests.json`. */
function editDigests(folders: ArtifactFolders, edit: (digests: Record<string, unknown>) => void): void {
  const digests = JSON.parse(readFileSync(digestsPath(folders), 'utf8'));
  edit(digests);
  writeFileSync(digestsPath(folders), JSON.stringify(digests));
}

describe('artifacts', () => {
  it('are complete after a synthesis, and record the description that they were made from', () => {
    const folders = synthesized();
    expect(codes(folders)).toEqual([]);
    expect(codes(folders, inputDigests({ estate: 'y' }))).toEqual(['ART006 diptych.out/digests.json']);
    expect(inputDigests({ a: 1, b: 2 })).toEqual(inputDigests({ b: 2, a: 1 }));
  });

  it('are refused if the description declares the sites in another order, which decides the order of deployment', () => {
    const folders = synthesized();
    endSynthesis(folders, { inputs, deploymentOrder: ['own', 'cloud'] });
    expect(artifactProblems(folders, { inputs, deploymentOrder: ['own', 'cloud'] })).toEqual([]);
    expect(artifactProblems(folders, { inputs, deploymentOrder: ['cloud', 'own'] })).toMatchObject([{ code: 'ART006' }]);
  });

  it.each(['cdk.out/manifest.json', 'cdktf.out/manifest.json', 'diptych.out/digests.json'])('are refused without %s', (file) => {
    const folders = synthesized();
    beginSynthesis({ ...folders });
    expect(codes(folders)).toContain(`ART001 ${file}`);
  });

  it('are refused with a different code if a file is changed, removed or added', () => {
    const folders = synthesized();
    writeFileSync(join(folders.diptych, 'plan.json'), '{ }');
    writeFileSync(join(folders.cloud, 'other.template.json'), '{}');
    rmSync(join(folders.terraform, 'stacks/own-core/cdk.tf.json'));
    expect(codes(folders).sort()).toEqual([
      'ART002 diptych.out/plan.json',
      'ART003 cdktf.out/stacks/own-core/cdk.tf.json',
      'ART004 cdk.out/other.template.json',
    ]);
  });

  it.each(['cdk.out', 'cdktf.out'])('are refused when the manifest of %s was edited', (folder) => {
    const folders = synthesized();
    writeFileSync(join(folders.cloud, '..', folder, 'manifest.json'), '{"elsewhere":true}');
    expect(codes(folders)).toEqual([`ART002 ${folder}/manifest.json`]);
  });

  it('are refused if Terraform would merge another file into them, even if the file existed before', () => {
    const folders = synthesized();
    writeFileSync(join(folders.terraform, 'stacks/own-core/unprotected_override.tf.json'), '{}');
    writeFileSync(join(folders.terraform, 'stacks/own-core/more.auto.tfvars'), '');
    endSynthesis(folders, { inputs });
    expect(codes(folders)).toEqual([
      'ART005 cdktf.out/stacks/own-core/more.auto.tfvars',
      'ART005 cdktf.out/stacks/own-core/unprotected_override.tf.json',
    ]);
  });

  it.each([['0.0.1'], [undefined]])('are refused when version %s of Diptych made them', (version) => {
    const folders = synthesized();
    editDigests(folders, (digests) => {
      digests.diptych = version;
    });
    expect(codes(folders)).toEqual(['ART007 diptych.out/digests.json']);
  });

  it.each(['{', '[]', '{"version":"diptych/digests/2","inputs":{},"artifacts":{}}'])('are refused with digests that are %s', (text) => {
    const folders = synthesized();
    writeFileSync(digestsPath(folders), text);
    expect(codes(folders)).toEqual(['ART008 diptych.out/digests.json']);
  });

  it('lose the files of the last synthesis when a synthesis begins, but not those of Terraform', () => {
    const folders = synthesized();
    writeFileSync(join(folders.cloud, 'synth.lock'), '');
    beginSynthesis(folders);
    expect(readdirSync(folders.cloud)).toEqual(['synth.lock']);
    expect(existsSync(join(folders.terraform, 'stacks/own-core/terraform.tfstate'))).toBe(true);
    expect(existsSync(join(folders.terraform, 'manifest.json'))).toBe(false);
  });

  it('never look complete after an abandoned synthesis', () => {
    const folders = synthesized();
    abandonSynthesis(folders);
    expect(codes(folders)).toHaveLength(3);
  });

  it('are written whole or not at all', () => {
    const folder = folderOfTest();
    writeWhole(join(folder, 'plan.json'), 'text');
    expect(readdirSync(folder)).toEqual(['plan.json']);
    expect(readFileSync(join(folder, 'plan.json'), 'utf8')).toBe('text');
  });
});

describe('the digests of artifacts', () => {
  it('record the version of Diptych that made them', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(productVersion()).toBe(version);
    expect(readDigests(synthesized())).toMatchObject({ data: { diptych: version } });
  });

  it('record the order of the sites in the description', () => {
    const folders = synthesized();
    endSynthesis(folders, { inputs, deploymentOrder: declaredSites({ sites: { b: {}, a: {} } }) });
    expect(readDigests(folders)).toMatchObject({ data: { deploymentOrder: ['b', 'a'] } });
    expect(declaredSites({})).toEqual([]);
  });

  it('have one digest that changes with a file and with the version of Diptych', () => {
    const artifacts = { one: 'sha256:1', two: 'sha256:2' };
    const digest = digestOf({ diptych: '1.0.0', artifacts });
    expect(digestOf({ diptych: '1.0.0', artifacts: { two: 'sha256:2', one: 'sha256:1' } })).toBe(digest);
    expect(digestOf({ diptych: '1.0.1', artifacts })).not.toBe(digest);
    expect(digestOf({ diptych: '1.0.0', artifacts: { ...artifacts, two: 'sha256:3' } })).not.toBe(digest);
  });

  it('name files by their path below the folder that holds all three', () => {
    const folders = foldersIn('/somewhere');
    expect(pathOf(folders, join(folders.terraform, 'stacks/own-core/cdk.tf.json'))).toBe('cdktf.out/stacks/own-core/cdk.tf.json');
  });
});
