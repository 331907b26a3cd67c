import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artifactDigests } from '../../../lib/artifacts/digests';
import { foldersIn } from '../../../lib/artifacts/folders';
import { artifactProblems } from '../../../lib/artifacts/wholeness';
import { diptych, diptychProcess, folderOfTest, node, root } from '../../support/diptych';
import { run } from '../../support/process';

const meridian = join(root, 'examples/meridian/estate.yaml');

let reference: string;
beforeAll(() => {
  reference = mkdtempSync(join(tmpdir(), 'diptych-'));
  expect(diptych(['synth', meridian, '--out', reference])).toMatchObject({ status: 0, stdout: '' });
});
afterAll(() => rmSync(reference, { recursive: true }));

/** Artifacts of the example that a test may change. */
function artifacts(): string {
  const out = folderOfTest();
  cpSync(reference, out, { recursive: true });
  return out;
}

const digestsOf = (out: string) => artifactDigests(foldersIn(out));

/** Has every clock of a process run a year ahead. */
function clockAhead(folder: string): string {
  const path = join(folder, 'clock.cjs');
  writeFileSync(
    path,
    `const { now } = Date; const year = 365.25 * 24 * 3600 * 1000; Date.now = () => now() + year;
     globalThis.Date = class extends Date { constructor(...args) { super(...(args.length > 0 ? args : [now() + year])); } };`,
  );
  return path;
}

describe('diptych synth', () => {
  it('diptych synth writes both halves, the plan and digests of all artifacts', () => {
    expect(artifactProblems(foldersIn(reference))).toEqual([]);
    const names = Object.keys(digestsOf(reference));
    expect(names).toEqual(expect.arrayContaining(['cdk.out/dublin-network.template.json', 'cdktf.out/stacks/basildon-core/cdk.tf.json']));
    expect(names).toEqual(expect.arrayContaining(['diptych.out/plan.json', 'diptych.out/plan.md']));
  });

  it('diptych synth writes the same bytes in another folder, time zone and locale, and a year later', () => {
    const elsewhere = folderOfTest();
    cpSync(join(root, 'examples/meridian'), join(elsewhere, 'copied'), { recursive: true });
    const env = { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', NODE_OPTIONS: `--require=${clockAhead(elsewhere)}` };
    const out = join(elsewhere, 'out');
    expect(diptychProcess(['synth', 'copied', '--out', out], { cwd: elsewhere, env })).toMatchObject({ status: 0, stdout: '' });
    expect(digestsOf(out)).toEqual(digestsOf(reference));
  });

  it('diptych synth and cdk synth write the same artifacts from YAML and from TypeScript', () => {
    const out = folderOfTest();
    const context = JSON.stringify({ 'diptych:estate': 'dist/examples/meridian/estate.js' });
    const env = { CDK_OUTDIR: join(out, 'cdk.out'), CDK_CONTEXT_JSON: context };
    const { status, stderr } = node(['dist/bin/app.js'], { env });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^The on-prem half is in .*cdktf\.out, and the plan in .*diptych\.out\/plan\.md\.$/m);
    expect(digestsOf(out)).toEqual(digestsOf(reference));
    expect(artifactProblems(foldersIn(out))).toEqual([]);
  });

  it('diptych synth writes no path of the machine into artifacts', () => {
    const written = Object.keys(digestsOf(reference)).map((name) => readFileSync(join(reference, name), 'utf8'));
    expect(written.filter((text) => text.includes(root) || text.includes(reference))).toEqual([]);
  });

  it.each(['diptych', 'cdk'])('%s synth of an invalid estate leaves earlier artifacts without manifests and digests', (how) => {
    const out = artifacts();
    const wrong = join(root, 'test/fixtures/problems/ZON001.yaml');
    const env = { CDK_OUTDIR: join(out, 'cdk.out'), CDK_CONTEXT_JSON: JSON.stringify({ 'diptych:estate': wrong }) };
    const ended = how === 'cdk' ? node(['dist/bin/app.js'], { env }) : diptych(['synth', wrong, '--out', out]);
    expect(ended).toMatchObject({ status: 2, stderr: expect.stringMatching(/\[ZON001\]/) });
    expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(artifactProblems(foldersIn(out)).map(({ path }) => path)).toEqual([
      'cdk.out/manifest.json',
      'cdktf.out/manifest.json',
      'diptych.out/digests.json',
    ]);
  });

  it('diptych synth removes the stacks of a removed site and keeps the files of Terraform', () => {
    const out = artifacts();
    const gone = join(out, 'cdktf.out/stacks/leeds-core');
    mkdirSync(gone);
    writeFileSync(join(gone, 'cdk.tf.json'), '{}');
    writeFileSync(join(gone, 'terraform.tfstate'), '{}');
    writeFileSync(join(out, 'cdk.out/leeds.template.json'), '{}');
    expect(diptych(['synth', meridian, '--out', out]).status).toBe(0);
    expect(readdirSync(gone)).toEqual(['terraform.tfstate']);
    expect(existsSync(join(out, 'cdk.out/leeds.template.json'))).toBe(false);
  });

  it.each(['diptych', 'cdk'])('%s synth prints warnings and writes the artifacts', (how) => {
    const out = folderOfTest();
    const odd = join(root, 'test/fixtures/problems/ZON060.yaml');
    const env = { CDK_OUTDIR: join(out, 'cdk.out'), CDK_CONTEXT_JSON: JSON.stringify({ 'diptych:estate': odd }) };
    const ended = how === 'cdk' ? node(['dist/bin/app.js'], { env }) : diptych(['synth', odd, '--out', out]);
    expect(ended).toMatchObject({ status: 0, stderr: expect.stringMatching(/^warning: .*\[ZON060\]$/m) });
    expect(artifactProblems(foldersIn(out))).toEqual([]);
  });

  it('diptych synth --json prints the folders and the warnings, or the problems', () => {
    const out = folderOfTest();
    const synth = (estate: string) =>
      diptych(['synth', join(root, 'test/fixtures/problems', estate), '--out', '.', '--json'], { cwd: out });
    const right = synth('ZON060.yaml');
    expect([right.status, right.stderr, JSON.parse(right.stdout)]).toMatchObject([
      0,
      '',
      { folders: { cloud: 'cdk.out', terraform: 'cdktf.out', diptych: 'diptych.out' }, warnings: [{ code: 'ZON060' }] },
    ]);
    const wrong = synth('ZON001.yaml');
    expect([wrong.status, wrong.stderr, JSON.parse(wrong.stdout)]).toMatchObject([2, '', { problems: [{ code: 'ZON001' }] }]);
  });

  it('diptych synth reports an output folder that it cannot write to', () => {
    const folder = folderOfTest();
    writeFileSync(join(folder, 'file'), '');
    expect(diptych(['synth', meridian, '--out', join(folder, 'file')])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('[CMD005]'),
    });
  });

  it('diptych synth lets one of two syntheses at once write to a folder, and refuses the other with CMD010', async () => {
    const out = folderOfTest();
    const command = (estate: string) => run([process.execPath, 'dist/bin/diptych.js', 'synth', estate, '--out', out], { cwd: root });
    const estates = ['examples/meridian/estate.yaml', 'examples/every-attribute/estate.yaml'];
    const ended = await Promise.all(estates.map(command));
    expect(ended.map(({ status }) => status).sort()).toEqual([0, 2]);
    expect(ended.find(({ status }) => status === 2)?.stderr).toMatch(/\[CMD010\]/);
    expect(artifactProblems(foldersIn(out))).toEqual([]);
    const written = ended.findIndex(({ status }) => status === 0);
    const plan = JSON.parse(readFileSync(join(out, 'diptych.out/plan.json'), 'utf8')) as { estate: string };
    expect(plan.estate).toBe(['meridian', 'every-attribute'][written]);
    expect(existsSync(join(out, 'diptych.out/lock'))).toBe(false);
  });
});
