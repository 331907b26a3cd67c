import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diptych, folderOfTest, root } from '../support/diptych';

const bin = join(root, 'dist/bin/diptych.js');

describe('the command line', () => {
  it('says its version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(diptych(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('fits its help into 80 columns', () => {
    const { status, stdout } = diptych(['--help'], { env: { COLUMNS: '80' } });
    expect(status).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([
    ['an unknown command, and proposes the one that was meant', ['chekc'], 'Did you mean check?'],
    ['an unknown option, and proposes the one that was meant', ['check', '--jsn'], 'Did you mean --json?'],
    ['too many arguments', ['check', 'a', 'b'], 'too many arguments'],
  ])('refuses %s', (_what, args, text) => {
    const { status, stdout, stderr } = diptych(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(text);
  });

  it('ends quietly when the reader of its output goes away', () => {
    const { stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; "${process.execPath}" "${bin}" schema | head -1; echo "$?"`], {
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: '{\n0\n', stderr: '' });
  });

  it('keeps its exit code when the reader of its problems goes away', () => {
    const check = `"${process.execPath}" "${bin}" check test/fixtures/problems/ZON001.yaml`;
    const script = `exec 3>&1; { ${check} 2>&1; echo "$?" >&3; } | true`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '2\n', stderr: '' });
  });

  it.each(['schema', 'check examples/meridian/estate.yaml --json', '--version'])(
    'says of %s that what it prints has no room',
    (command) => {
      const { status, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" ${command} >/dev/full`], {
        cwd: root,
        encoding: 'utf8',
      });
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /^stdout: Cannot write the output as .+: current value is "ENOSPC: no space left on device" \[CMD005\]\n {2}fix: /,
      );
      expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    },
  );

  it('fails where not even its problems have room', () => {
    const { status } = spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" check no-such.yaml 2>/dev/full`], { cwd: root });
    expect(status).toBe(2);
  });

  it.each([
    ['an estate that there is not', ['check', 'no-such.yaml'], 'EST001'],
    ['a day that there is not', ['check', 'examples/meridian/estate.yaml', '--at', 'tomorrow'], 'CMD007'],
    ['a code that there is not', ['explain', 'ZON999'], 'CMD003'],
    ['an estate that there is not, for one of its tiers', ['explain', 'tier', 'risk', 'no-such.yaml'], 'EST001'],
    ['a zone that there is not', ['explain', 'tier', 'rsk', 'examples/meridian/estate.yaml'], 'CMD006'],
  ])('answers in JSON, where it is asked for that, also of %s', (_what, args, code) => {
    const { status, stdout, stderr } = diptych([...args, '--json']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect((JSON.parse(stdout) as { problems: unknown }).problems).toMatchObject([{ code, fix: expect.any(String) }]);
  });

  it('shows a defect of its own without a stack trace, unless it is asked for one', () => {
    const folder = folderOfTest();
    const hook = join(folder, 'hook.cjs');
    writeFileSync(hook, `const { TextDecoder } = globalThis; TextDecoder.prototype.decode = () => ({ unheard: 'of' });`);
    const run = (env: Record<string, string>) =>
      diptych(['check', 'examples/meridian/estate.yaml'], { env: { NODE_OPTIONS: `--require=${hook}`, ...env } });
    expect(run({}).status).toBe(3);
    expect(run({}).stderr).toMatch(/\[CMD001\]/);
    expect(run({}).stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(run({ DIPTYCH_DEBUG: '1' }).stderr).toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  });

  it('dies at once of Ctrl-C, and leaves nothing that looks whole', async () => {
    const out = folderOfTest();
    const child = spawn(process.execPath, [bin, 'synth', 'examples/meridian/estate.yaml', '--out', out], { cwd: root, stdio: 'ignore' });
    while (!existsSync(join(out, 'diptych.out')) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGINT');
    expect(existsSync(join(out, 'diptych.out/digests.json'))).toBe(false);
  });
});

describe('diptych explain', () => {
  it('says of a code what it means and what to do', () => {
    const { status, stdout } = diptych(['explain', 'ZON010']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ZON010: Slot already in use\n\n.+\n\nFix: .+\n$/s);
  });

  it('lists every code once, in order', () => {
    const codes = diptych(['explain', '--list'])
      .stdout.trim()
      .split('\n')
      .map((line) => line.slice(0, 6));
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes).toEqual(expect.arrayContaining(['CMD001', 'EST001', 'SPC001', 'ZON001', 'QUO001']));
    expect(Object.keys(JSON.parse(diptych(['explain', '--list', '--json']).stdout) as object)).toEqual(codes);
  });

  it('refuses a code that there is not, and proposes the nearest', () => {
    const { status, stderr } = diptych(['explain', 'ZON01O']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/\[CMD003\][\s\S]*ZON01/);
  });
});

describe('diptych schema', () => {
  it('prints the schemas that stand in docs', () => {
    expect(diptych(['schema']).stdout).toBe(readFileSync(join(root, 'docs/estate.schema.json'), 'utf8'));
    expect(diptych(['schema', '--plan']).stdout).toBe(readFileSync(join(root, 'docs/plan.schema.json'), 'utf8'));
  });
});

describe('diptych init', () => {
  it('writes an estate with which nothing is wrong, its schema, and the settings of cdk', () => {
    const folder = join(folderOfTest(), 'firm');
    expect(diptych(['init', folder, '--name', 'acme'])).toMatchObject({ status: 0, stdout: '' });
    expect(diptych(['check'], { cwd: folder })).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, 'estate.yaml'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=\.\/estate\.schema\.json\n/);
    expect(existsSync(join(folder, 'estate.schema.json'))).toBe(true);
  });

  it('overwrites nothing', () => {
    const folder = folderOfTest();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.json'), '{}');
    const { status, stderr } = diptych(['init', folder]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/cdk\.json: .*\[CMD002\]/);
    expect(existsSync(join(folder, 'estate.yaml'))).toBe(false);
  });

  it('refuses a name that is no id', () => {
    expect(diptych(['init', folderOfTest(), '--name', 'A: B'])).toMatchObject({ status: 2, stderr: expect.stringContaining('[SPC008]') });
  });
});
