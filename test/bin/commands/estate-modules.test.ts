import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldersIn } from '../../../lib/artifacts/folders';
import { artifactProblems } from '../../../lib/artifacts/wholeness';
import { diptychProcess, type Ended, folderOfTest, root } from '../../support/diptych';

const example = JSON.stringify(join(root, 'dist/examples/meridian/estate.js'));

/** Writes a module in a new folder, and returns its path. */
function moduleWith(text: string, name = 'estate.cjs'): string {
  const file = join(folderOfTest(), name);
  writeFileSync(file, text);
  return file;
}

/** A module that exports the estate of the example, after some other statements. */
const valid = (before: string) => `${before}\nmodule.exports = require(${example});\n`;

function codesIn({ stdout }: Ended): string[] {
  return (JSON.parse(stdout) as { problems: { code: string }[] }).problems.map(({ code }) => code);
}

const runaways: readonly (readonly [what: string, name: string, text: string])[] = [
  ['whose promise never settles', 'estate.cjs', 'module.exports.default = () => new Promise(() => {});'],
  ['that awaits forever', 'estate.mjs', 'await new Promise(() => {});\nexport const estate = 1;'],
  ['that calls process.exit(0)', 'estate.cjs', 'process.exit(0);'],
  [
    'that calls process.exit(0) later',
    'estate.cjs',
    'module.exports.default = () => new Promise(() => setTimeout(() => process.exit(0), 5));',
  ],
];

describe('a module of an estate', () => {
  it.each(runaways)('a module %s ends diptych check with 3 and EST013', (_what, name, text) => {
    const file = moduleWith(text, name);
    const asText = diptychProcess(['check', file]);
    expect(asText).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(/; .* must .* \[EST013\]\n/) });
    const asJson = diptychProcess(['check', file, '--json']);
    expect({ status: asJson.status, codes: codesIn(asJson), stderr: asJson.stderr }).toEqual({ status: 3, codes: ['EST013'], stderr: '' });
  });

  it.each(['diptych', 'cdk'])(
    'a module that calls process.exit(0) ends %s synth with 3 and without artifacts that look complete',
    (how) => {
      const out = folderOfTest();
      expect(diptychProcess(['synth', 'examples/meridian/estate.yaml', '--out', out]).status).toBe(0);
      expect(artifactProblems(foldersIn(out))).toEqual([]);
      const file = moduleWith('process.exit(0);');
      const env = { CDK_OUTDIR: join(out, 'cdk.out'), CDK_CONTEXT_JSON: JSON.stringify({ 'diptych:estate': file }) };
      const { status, stderr } =
        how === 'diptych'
          ? diptychProcess(['synth', file, '--out', out])
          : spawnSync(process.execPath, ['dist/bin/app.js'], { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } });
      expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining('[EST013]') });
      expect(artifactProblems(foldersIn(out)).map(({ code }) => code)).toEqual(['ART001', 'ART001', 'ART001']);
    },
  );

  it.each([
    ['in a timer', valid('setTimeout(() => { throw new Error("late"); }, 0);')],
    ['in a promise that nobody awaits', valid('Promise.reject(new Error("late"));')],
    [
      'in a timer while the module still loads',
      'setTimeout(() => { throw new Error("late"); }, 20); module.exports.default = () => new Promise(() => {});',
    ],
    ['undefined in a timer', valid('setTimeout(() => { throw undefined; }, 0);')],
  ])('a module that throws %s ends diptych check with 2 and EST008, as JSON with --json', (_when, text) => {
    const file = moduleWith(text);
    const asJson = diptychProcess(['check', file, '--json']);
    expect({ status: asJson.status, codes: codesIn(asJson), stderr: asJson.stderr }).toEqual({ status: 2, codes: ['EST008'], stderr: '' });
    const { status, stderr } = diptychProcess(['check', file]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/\[EST008\]\n {2}(?:at|fix): /) });
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  });

  it.each([
    ['null', 'throw null;'],
    ['undefined', 'throw undefined;'],
    ['an object without a prototype', 'throw Object.create(null);'],
    ['a symbol', 'throw Symbol("no error");'],
    ['an object that cannot be a string', 'throw { toString() { throw new Error("no text"); } };'],
    ['an error whose message is not a string', 'throw Object.assign(new Error("x"), { message: 5 });'],
    ['an error without a stack', 'const error = new Error("x"); delete error.stack; error.stack = 7; throw error;'],
    ['a rejection with null', 'module.exports.default = () => Promise.reject(null);'],
  ])('a module that throws %s is reported with EST008', (_what, text) => {
    const ended = diptychProcess(['check', moduleWith(text), '--json']);
    expect({ status: ended.status, codes: codesIn(ended), stderr: ended.stderr }).toEqual({ status: 2, codes: ['EST008'], stderr: '' });
  });

  it.each([
    ['console.log', 'console.log("printed by the module");'],
    ['process.stdout.write', 'process.stdout.write("printed by the module\\n");'],
    ['a timer', 'setTimeout(() => console.log("printed by the module"), 0);'],
  ])('what a module prints with %s goes to stderr, so that JSON stays JSON', (_how, statement) => {
    const ended = diptychProcess(['check', moduleWith(valid(statement)), '--json']);
    expect({ status: ended.status, codes: codesIn(ended) }).toEqual({ status: 0, codes: [] });
    expect(ended.stderr).toBe('printed by the module\n');
  });

  it('a module that leaves a timer running does not keep diptych check from ending', () => {
    const file = moduleWith(valid('setInterval(() => {}, 1_000); process.exitCode = 7;'));
    const { status, signal } = spawnSync(process.execPath, ['dist/bin/diptych.js', 'check', file], { cwd: root, timeout: 20_000 });
    expect({ status, signal }).toEqual({ status: 0, signal: null });
  });

  const hugeLine = `data:application/json;base64,${Buffer.from('{"version":3,"sources":7,"mappings":{}}').toString('base64')}`;
  it.each([
    ['is not JSON', 'estate.cjs.map', 'nonsense'],
    ['has mappings of another type', hugeLine, undefined],
    ['has an address that is not valid', '%E0%A4%A.map', undefined],
    ['is a folder', 'folder.map', 'folder'],
    ['is inline and not JSON', 'data:application/json;base64,AAAA', undefined],
  ])('a source map that %s leaves the place in the compiled module', (_what, url, text) => {
    const file = moduleWith(`throw new Error("x");\n//# sourceMappingURL=${url}\n`);
    if (text === 'folder') mkdirSync(join(file, '..', url));
    else if (text !== undefined) writeFileSync(join(file, '..', url), text);
    const { status, stdout, stderr } = diptychProcess(['check', file, '--json']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect((JSON.parse(stdout) as { problems: unknown }).problems).toMatchObject([{ code: 'EST008', place: { file, line: 1 } }]);
  });

  it('an error of a module in a folder with a space in its name has a place in that module', () => {
    const folder = join(folderOfTest(), 'our estates');
    mkdirSync(folder);
    cpSync(moduleWith('\nthrow new Error("x");'), join(folder, 'estate.cjs'));
    const { stdout } = diptychProcess(['check', join(folder, 'estate.cjs'), '--json']);
    expect((JSON.parse(stdout) as { problems: unknown }).problems).toMatchObject([
      { place: { file: join(folder, 'estate.cjs'), line: 2 } },
    ]);
  });
});
