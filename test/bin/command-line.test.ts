import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diptych, diptychProcess, folderOfTest, root } from '../support/diptych';

const bin = join(root, 'dist/bin/diptych.js');

describe('diptych', () => {
  it('diptych --version prints the version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(diptychProcess(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('diptych -V prints the same as --version, and help COMMAND the same as COMMAND --help', () => {
    expect(diptych(['-V'])).toEqual(diptych(['--version']));
    expect(diptych(['help', 'check'])).toMatchObject({ status: 0, stdout: diptych(['check', '--help']).stdout });
    expect(diptych(['help'])).toMatchObject({ status: 0, stdout: diptych(['--help']).stdout });
  });

  it('diptych --help fits into 80 columns', () => {
    const { status, stdout } = diptychProcess(['--help'], { env: { COLUMNS: '80' } });
    expect(status).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([
    [
      'an unknown command and suggests the nearest',
      ['chekc'],
      /^chekc: diptych has no such command; .+ \[CMD009\]\n {2}fix: Did you mean check\?/,
    ],
    [
      'an unknown option and suggests the nearest',
      ['check', '--jsn'],
      /^--jsn: the command has no such option; .+ \[CMD009\]\n {2}fix: Did you mean --json\?/,
    ],
    ['too many arguments', ['check', 'a', 'b'], /too many arguments; there must be at most 1: got 2 \[CMD009\]/],
    ['a missing argument', ['explain', 'tier'], /^ZONE: the argument is missing; .+ \[CMD009\]/],
    ['a missing value', ['synth', '--out'], /^--out: the value of the option is missing; .+ \[CMD009\]/],
    [
      'a value that is not a choice',
      ['deploy', '--only', 'half'],
      /^--only: .+; the value must be one of cloud, on-prem: got "half" \[CMD009\]/,
    ],
  ])('diptych refuses %s', (_what, args, text) => {
    const { status, stdout, stderr } = diptych(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(text);
  });

  it('diptych exits with 0 if the reader of its output closes the pipe', () => {
    const { stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; "${process.execPath}" "${bin}" schema | head -1; echo "$?"`], {
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: '{\n0\n', stderr: '' });
  });

  it('diptych keeps its exit code if the reader of its problems closes the pipe', () => {
    const check = `"${process.execPath}" "${bin}" check test/fixtures/problems/ZON001.yaml`;
    const script = `exec 3>&1; { ${check} 2>&1; echo "$?" >&3; } | true`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '2\n', stderr: '' });
  });

  it.each(['schema', 'check examples/meridian/estate.yaml --json', '--version'])(
    'diptych %s reports that its output cannot be written to a full device',
    (command) => {
      const { status, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" ${command} >/dev/full`], {
        cwd: root,
        encoding: 'utf8',
      });
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /^stdout: the output cannot be written because no space is left on the device; the output must .+ \[CMD005\]\n {2}fix: /,
      );
      expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    },
  );

  it('diptych keeps its exit code if its problems cannot be written', () => {
    const { status } = spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" check no-such.yaml 2>/dev/full`], { cwd: root });
    expect(status).toBe(2);
  });

  it.each([
    ['an estate that does not exist', ['check', 'no-such.yaml'], 'EST001'],
    ['an invalid date', ['check', 'examples/meridian/estate.yaml', '--at', 'tomorrow'], 'CMD007'],
    ['an unknown code', ['explain', 'ZON999'], 'CMD003'],
    ['an estate that does not exist, with explain tier', ['explain', 'tier', 'risk', 'no-such.yaml'], 'EST001'],
    ['an unknown zone', ['explain', 'tier', 'rsk', 'examples/meridian/estate.yaml'], 'CMD006'],
    ['an invalid load', ['explain', 'tier', 'risk', 'examples/meridian/estate.yaml', '--load', 'twice'], 'CMD006'],
    ['an unknown option', ['check', '--jsn'], 'CMD009'],
    ['a missing argument', ['explain', 'tier'], 'CMD009'],
  ])('diptych --json reports %s as JSON', (_what, args, code) => {
    const { status, stdout, stderr } = diptych([...args, '--json']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect((JSON.parse(stdout) as { problems: unknown }).problems).toMatchObject([{ code, fix: expect.any(String) }]);
  });

  it('diptych reports an internal error with a stack trace only if DIPTYCH_DEBUG is set', () => {
    const folder = folderOfTest();
    const hook = join(folder, 'hook.cjs');
    writeFileSync(hook, `const { TextDecoder } = globalThis; TextDecoder.prototype.decode = () => ({ unheard: 'of' });`);
    const run = (env: Record<string, string>) =>
      diptychProcess(['check', 'examples/meridian/estate.yaml'], { env: { NODE_OPTIONS: `--require=${hook}`, ...env } });
    expect(run({}).status).toBe(3);
    expect(run({}).stderr).toMatch(/\[CMD001\]/);
    expect(run({}).stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(run({ DIPTYCH_DEBUG: '1' }).stderr).toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  });

  it('diptych synth ends on Ctrl-C without leaving artifacts that look complete', async () => {
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
  it('diptych explain prints the meaning and the fix of a code', () => {
    const { status, stdout } = diptych(['explain', 'ZON010']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ZON010: Slot already in use\n\n.+\n\nFix: .+\n$/s);
  });

  it('diptych explain says that a code is a warning', () => {
    expect(diptych(['explain', 'ZON060']).stdout).toMatch(/^ZON060 \(warning\): Endpoint without clients\n/);
  });

  it('diptych explain --list prints every code once, sorted', () => {
    const codes = diptych(['explain', '--list'])
      .stdout.trim()
      .split('\n')
      .map((line) => line.slice(0, 6));
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes).toEqual(expect.arrayContaining(['CMD001', 'EST001', 'SPC001', 'ZON001', 'QUO001']));
    expect(Object.keys(JSON.parse(diptych(['explain', '--list', '--json']).stdout) as object)).toEqual(codes);
  });

  it('diptych explain refuses an unknown code and suggests the nearest', () => {
    const { status, stderr } = diptych(['explain', 'ZON01O']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/\[CMD003\][\s\S]*ZON01/);
  });
});

describe('diptych schema', () => {
  it('diptych schema prints the schemas that are committed in docs', () => {
    expect(diptych(['schema']).stdout).toBe(readFileSync(join(root, 'docs/estate.schema.json'), 'utf8'));
    expect(diptych(['schema', '--plan']).stdout).toBe(readFileSync(join(root, 'docs/plan.schema.json'), 'utf8'));
  });
});

describe('diptych init', () => {
  it('diptych init writes a valid estate, its schema and cdk.json', () => {
    const folder = join(folderOfTest(), 'firm');
    expect(diptych(['init', folder, '--name', 'acme'])).toMatchObject({ status: 0, stdout: '' });
    expect(diptych(['check'], { cwd: folder })).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, 'estate.yaml'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=\.\/estate\.schema\.json\n/);
    expect(existsSync(join(folder, 'estate.schema.json'))).toBe(true);
  });

  it('diptych init does not overwrite files', () => {
    const folder = folderOfTest();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.json'), '{}');
    const { status, stderr } = diptych(['init', folder]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/cdk\.json: .*\[CMD002\]/);
    expect(existsSync(join(folder, 'estate.yaml'))).toBe(false);
  });

  it('diptych init refuses a name that is not a valid id', () => {
    expect(diptych(['init', folderOfTest(), '--name', 'A: B'])).toMatchObject({ status: 2, stderr: expect.stringContaining('[SPC008]') });
  });
});
