import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { abandonSynthesis, beginSynthesis, endSynthesis, inputDigests, writeWhole } from '../../lib/artifacts/digests';
import { type ArtifactFolders, foldersIn } from '../../lib/artifacts/folders';
import { artifactProblems } from '../../lib/artifacts/wholeness';
import { folderOfTest } from '../support/diptych';

const inputs = inputDigests({ estate: 'x' });

/** What a synthesis leaves, in little. */
function synthesized(): ArtifactFolders {
  const folders = foldersIn(folderOfTest());
  beginSynthesis(folders);
  mkdirSync(folders.cloud, { recursive: true });
  mkdirSync(join(folders.terraform, 'stacks/own-core'), { recursive: true });
  writeFileSync(join(folders.terraform, 'stacks/own-core/cdk.tf.json'), '{}');
  writeFileSync(join(folders.terraform, 'stacks/own-core/terraform.tfstate'), '{}');
  writeFileSync(join(folders.terraform, 'manifest.json'), '{}');
  writeFileSync(join(folders.cloud, 'cloud-network.template.json'), '{}');
  writeFileSync(join(folders.cloud, 'manifest.json'), '{}');
  writeWhole(join(folders.diptych, 'plan.json'), '{}');
  endSynthesis(folders, inputs);
  return folders;
}

const codes = (folders: ArtifactFolders, of = inputs) => artifactProblems(folders, of).map(({ code, path }) => `${code} ${path}`);

describe('artifacts', () => {
  it('are whole after a synthesis, and know the description they were made from', () => {
    const folders = synthesized();
    expect(codes(folders)).toEqual([]);
    expect(codes(folders, inputDigests({ estate: 'y' }))).toEqual(['CMD004 diptych.out/digests.json']);
    expect(inputDigests({ a: 1, b: 2 })).toEqual(inputDigests({ b: 2, a: 1 }));
  });

  it.each(['cdk.out/manifest.json', 'cdktf.out/manifest.json', 'diptych.out/digests.json'])('are refused without %s', (mark) => {
    const folders = synthesized();
    beginSynthesis({ ...folders });
    expect(codes(folders)).toContain(`CMD004 ${mark}`);
  });

  it('are refused when one is changed, removed or added', () => {
    const folders = synthesized();
    writeFileSync(join(folders.diptych, 'plan.json'), '{ }');
    writeFileSync(join(folders.cloud, 'other.template.json'), '{}');
    expect(codes(folders)).toEqual(['CMD004 diptych.out/plan.json', 'CMD004 cdk.out/other.template.json']);
  });

  it.each(['cdk.out', 'cdktf.out'])('are refused when the manifest of %s says where else they belong', (folder) => {
    const folders = synthesized();
    writeFileSync(join(folders.parent, folder, 'manifest.json'), '{"elsewhere":true}');
    expect(codes(folders)).toEqual([`CMD004 ${folder}/manifest.json`]);
  });

  it('are refused beside a file that Terraform would merge into them, even one that was there before', () => {
    const folders = synthesized();
    writeFileSync(join(folders.terraform, 'stacks/own-core/unprotected_override.tf.json'), '{}');
    writeFileSync(join(folders.terraform, 'stacks/own-core/more.auto.tfvars'), '');
    endSynthesis(folders, inputs);
    expect(codes(folders)).toEqual([
      'CMD004 cdktf.out/stacks/own-core/more.auto.tfvars',
      'CMD004 cdktf.out/stacks/own-core/unprotected_override.tf.json',
    ]);
  });

  it("lose their marks and the assembly's files when a synthesis begins, and never Terraform's own", () => {
    const folders = synthesized();
    writeFileSync(join(folders.cloud, 'synth.lock'), '');
    beginSynthesis(folders);
    expect(readdirSync(folders.cloud)).toEqual(['synth.lock']);
    expect(existsSync(join(folders.terraform, 'stacks/own-core/terraform.tfstate'))).toBe(true);
    expect(existsSync(join(folders.terraform, 'manifest.json'))).toBe(false);
  });

  it('never look whole after a synthesis that was given up', () => {
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
