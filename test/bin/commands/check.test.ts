import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diptych, diptychProcess, folderOfTest, root } from '../../support/diptych';

/** An estate with an error of each of five stages: shape, reference, address overlap, declared version, quota. */
function fiveErrors(): string {
  const text = readFileSync(join(root, 'examples/meridian/estate.yaml'), 'utf8');
  return text
    .replace('port: 7443', 'port: "7443"')
    .replace('sites: [basildon, dublin]\n    slot: 8', 'sites: [basildon, dublin, dubln]\n    slot: 8')
    .replace('nodeCidr: 10.80.0.0/22', 'nodeCidr: 10.96.4.0/22')
    .replace('version: "3.0"', 'version: "2.2"')
    .replace(
      'transitGateway: tgw-0a1b2c3d4e5f60718\n    s3:',
      'transitGateway: tgw-0a1b2c3d4e5f60718\n    quotas: { networkLoadBalancers: 2 }\n    s3:',
    );
}

describe('diptych check', () => {
  it('diptych check exits with 0 and prints nothing on stdout for a valid estate', () => {
    const { status, stdout } = diptych(['check', 'examples/meridian/estate.yaml']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('diptych check lists the problems of five stages together, each with path, place, code and message', () => {
    const folder = folderOfTest();
    writeFileSync(join(folder, 'bad.yaml'), fiveErrors());
    const { status, stdout, stderr } = diptych(['check', 'bad.yaml', '--json'], { cwd: folder });
    const { version, problems } = JSON.parse(stdout) as { version: string; problems: Record<string, unknown>[] };
    expect({ status, stderr, version }).toEqual({ status: 2, stderr: '', version: 'diptych/check/1' });
    expect(problems.map(({ code }) => code).sort()).toEqual(['EST104', 'QUO007', 'SPC002', 'ZON001', 'ZON012']);
    for (const found of problems) {
      expect(found).toMatchObject({
        path: expect.any(String),
        code: expect.any(String),
        message: expect.stringMatching(/; .*\bmust\b/),
        fix: expect.any(String),
      });
      expect(found.place).toMatchObject({ file: 'bad.yaml', line: expect.any(Number) });
    }
  });

  it('diptych check prints each problem with its place, its fix and where to read more', () => {
    const folder = folderOfTest();
    writeFileSync(join(folder, 'estate.yaml'), readFileSync(join(root, 'test/fixtures/problems/SPC001.yaml')));
    const { status, stdout, stderr } = diptych(['check', '.'], { cwd: folder });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^zones\/risk\/slot: slot is missing; an attribute without a default must be written \[SPC001\]\n {2}at: {2}estate\.yaml:\d+:\d+\n {2}fix: Write slot: 1/,
    );
    expect(stderr).toMatch(/npx diptych explain SPC001/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a stream that is no terminal gets no colours
    expect(stderr).not.toMatch(/\u001b/);
  });

  it('diptych check finds estate.yaml in the current folder if no cdk.json names an estate', () => {
    const folder = folderOfTest();
    expect(diptych(['check'], { cwd: folder })).toMatchObject({ status: 2, stderr: expect.stringContaining('[EST001]') });
    writeFileSync(join(folder, 'estate.yaml'), readFileSync(join(root, 'examples/meridian/estate.yaml')));
    expect(diptych(['check'], { cwd: folder }).status).toBe(0);
  });

  it('diptych check takes the reference date from --at, else from SOURCE_DATE_EPOCH', () => {
    const ended = (args: string[], env = {}) => diptych(['check', 'examples/meridian/estate.yaml', ...args], { env });
    const [before, after] = ['2028-10-31', '2028-11-01'];
    const seconds = (day: string) => String(Date.parse(day) / 1_000);
    expect(ended(['--at', before]).status).toBe(0);
    expect(ended(['--at', after])).toMatchObject({ status: 2, stderr: expect.stringMatching(/weaker\/expires: .*\[TLS003\]/) });
    expect(ended([], { SOURCE_DATE_EPOCH: seconds(after) }).status).toBe(2);
    expect(ended(['--at', before], { SOURCE_DATE_EPOCH: seconds(after) }).status).toBe(0);
    expect(ended([], { SOURCE_DATE_EPOCH: 'yesterday' })).toMatchObject({ status: 2, stderr: expect.stringContaining('[CMD007]') });
  });

  it('diptych check prints the places of both declarations if two contradict each other', () => {
    const { stderr } = diptych(['check', 'test/fixtures/problems/ZON010.yaml']);
    expect(stderr).toMatch(
      /^zones\/risk\/slot: .*\[ZON010\]\n {2}at: {2}.*ZON010\.yaml:56:\d+\n {2}and: .*ZON010\.yaml:43:\d+ \(zones\/orders\/slot\)\n {2}fix: /,
    );
  });

  it('diptych check reads an estate from standard input', () => {
    const text = readFileSync(join(root, 'examples/meridian/estate.yaml'), 'utf8');
    const check = (input: string) =>
      spawnSync(process.execPath, [join(root, 'dist/bin/diptych.js'), 'check', '-', '--json'], { input, encoding: 'utf8' });
    expect(check(text).status).toBe(0);
    const { status, stdout } = check(text.replace('port: 7443', 'port: x'));
    expect([status, JSON.parse(stdout).problems]).toMatchObject([
      2,
      [{ code: 'SPC002', place: { file: 'stdin', line: expect.any(Number) } }],
    ]);
  });

  it('diptych check prints warnings, counts them and exits with 0, or with 1 if --strict is given', () => {
    const estate = 'test/fixtures/problems/ZON060.yaml';
    const { status, stdout, stderr } = diptych(['check', estate]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^warning: zones\/risk\/endpoints\/limits: .*\[ZON060\]\n {2}at: .*ZON060\.yaml:\d+:\d+\n {2}fix: /);
    expect(stderr).toMatch(/^1 warning$/m);
    expect(diptych(['check', estate, '--strict']).status).toBe(1);
    const json = diptych(['check', estate, '--strict', '--json']);
    expect([json.status, JSON.parse(json.stdout)]).toMatchObject([1, { problems: [], warnings: [{ code: 'ZON060' }] }]);
    expect(diptych(['check', 'test/fixtures/problems/ZON001.yaml', '--strict']).status).toBe(2);
    expect(diptych(['check', 'examples/meridian/estate.yaml', '--strict']).status).toBe(0);
  });

  it('diptych check warns of the placeholders that diptych init writes', () => {
    const folder = folderOfTest();
    expect(diptych(['init', folder])).toMatchObject({ status: 0 });
    const { problems, warnings } = JSON.parse(diptych(['check', folder, '--json']).stdout) as Record<string, { path: string }[]>;
    expect(problems).toEqual([]);
    expect(warnings?.map(({ path }) => path)).toEqual(['haproxy/imageDigest', 'sites/cloud/account', 'sites/cloud/transitGateway']);
  });

  it.each([
    ['at the top', 'unknown0', (text: string, many: string) => `${text}\n${many}`],
    [
      'in a zone',
      'zones/many/unknown0',
      (text: string, many: string) => text.replace('\nzones:\n', `\nzones:\n  many:\n${many.replace(/^/gm, '    ')}\n`),
    ],
  ])('diptych check reports 50,000 unknown attributes %s as one problem', (_where, path, add) => {
    const folder = folderOfTest();
    const many = Array.from({ length: 50_000 }, (_, index) => `unknown${index}: 1`).join('\n');
    writeFileSync(join(folder, 'estate.yaml'), add(readFileSync(join(root, 'examples/meridian/estate.yaml'), 'utf8'), many));
    const { stdout } = diptych(['check', 'estate.yaml', '--json'], { cwd: folder });
    const unknown = (JSON.parse(stdout) as { problems: { code: string }[] }).problems.filter(({ code }) => code === 'SPC003');
    expect(unknown).toMatchObject([
      { path, message: expect.stringMatching(/^there is no attribute unknown0, nor 49,999 others beside it; /) },
    ]);
  });

  it('diptych check refuses ten million devices in a node at once', () => {
    const folder = folderOfTest();
    const text = readFileSync(join(root, 'examples/meridian/estate.yaml'), 'utf8');
    writeFileSync(join(folder, 'estate.yaml'), text.replace(/devicesPerNode: \d+/, 'devicesPerNode: 10000000'));
    const { problems } = JSON.parse(diptych(['check', 'estate.yaml', '--json'], { cwd: folder }).stdout) as { problems: unknown };
    expect(problems).toMatchObject([{ code: 'SPC004', path: expect.stringMatching(/hardware\/devicesPerNode$/), got: '10000000' }]);
    writeFileSync(join(folder, 'estate.yaml'), text.replace(/devicesPerNode: \d+/, 'devicesPerNode: 1024'));
    expect(diptych(['check', 'estate.yaml'], { cwd: folder }).status).toBe(0);
  });

  it('diptych check loads no backend', () => {
    const folder = folderOfTest();
    const loaded = join(folder, 'loaded.json');
    const hook = join(folder, 'hook.cjs');
    writeFileSync(
      hook,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(loaded)}, JSON.stringify(Object.keys(require.cache))));`,
    );
    const { status } = diptychProcess(['check', 'examples/meridian/estate.yaml'], { env: { NODE_OPTIONS: `--require=${hook}` } });
    const files = JSON.parse(readFileSync(loaded, 'utf8')) as string[];
    expect(status).toBe(0);
    expect(files.some((file) => file.endsWith('dist/lib/estate/plan/plan.js'))).toBe(true);
    expect(files.filter((file) => /node_modules\/(?:aws-cdk-lib|cdktf|@cdktf)\//.test(file))).toEqual([]);
  });
});
