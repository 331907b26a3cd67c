import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contextKey, defaultEstate } from '../../../lib/estate/load/default-estate';
import { loadEstate } from '../../../lib/estate/load/load';
import { folderOfTest, node, root } from '../../support/diptych';

/** Creates a file of a size without content. */
function truncated(file: string, bytes: number): void {
  writeFileSync(file, '');
  truncateSync(file, bytes);
}

/** Loads a compiled module in a process of its own, as commands do, and asks for a place. */
function placeInModule(file: string, path: string): unknown {
  const script = `require('./dist/lib/estate/load/load.js').loadEstate(${JSON.stringify(file)}, '.')
    .then(({ source, problems }) => console.log(JSON.stringify({ problems, place: source?.placeOf(${JSON.stringify(path)}) })))`;
  return JSON.parse(node(['-e', script]).stdout);
}

describe('loading an estate', () => {
  it.each(['examples/meridian/estate.yaml', 'examples/meridian'])('loadEstate reads %s', async (name) => {
    const { source, problems } = await loadEstate(name, root);
    expect(problems).toEqual([]);
    expect(source?.raw).toMatchObject({ estate: 'meridian' });
    expect(source?.placeOf('estate')).toMatchObject({ file: join(root, 'examples/meridian/estate.yaml'), column: 9 });
  });

  it('loadEstate runs a compiled module and reports positions in its TypeScript source', () => {
    expect(placeInModule('dist/examples/meridian/estate.js', 'sites/dublin/cidr')).toEqual({
      problems: [],
      place: { file: join(root, 'examples/meridian/sites.ts'), line: 18, column: 18 },
    });
  });

  it.each([
    ['a default export of a CommonJS module', 'estate.cjs', (made: string) => `module.exports = { default: ${made} };`],
    ['a default export of an ES module', 'estate.mjs', (made: string) => `export default ${made};`],
    ['a default function', 'estate.mjs', (made: string) => `export default async () => ${made};`],
    ['an estate under any name, twice', 'estate.mjs', (made: string) => `export const firm = ${made};\nexport { firm as default };`],
  ])('loadEstate accepts %s', (_what, name, text) => {
    const folder = folderOfTest();
    const library = JSON.stringify(join(root, 'dist/lib/index.js'));
    const imported = name.endsWith('.mjs') ? `import diptych from ${library};\n` : `const diptych = require(${library});\n`;
    writeFileSync(join(folder, name), imported + text(`new diptych.Estate('x', { haproxy: {} })`));
    expect(placeInModule(join(folder, name), 'estate')).toMatchObject({ problems: [], place: { file: join(folder, name), line: 2 } });
  });

  it.each([
    ['a symbolic link to itself', 'estate.yaml', 'its symbolic links form a loop'],
    ['a folder with the name of a file', 'folder', 'it is a folder'],
  ])('loadEstate reports why %s cannot be read', async (_what, name, reason) => {
    const folder = folderOfTest();
    symlinkSync('estate.yaml', join(folder, 'estate.yaml'));
    mkdirSync(join(folder, 'folder/estate.yaml'), { recursive: true });
    const { problems } = await loadEstate(name, folder);
    expect(problems).toMatchObject([{ code: 'EST006', message: expect.stringContaining(`cannot be read because ${reason};`) }]);
  });

  it.each([
    [
      'a named pipe',
      'estate.yaml',
      (file: string) => void spawnSync('mkfifo', [file]),
      'it is a pipe, a device or a socket and not a file',
    ],
    ['a named pipe', 'estate.cjs', (file: string) => void spawnSync('mkfifo', [file]), 'it is a pipe, a device or a socket and not a file'],
    ['/dev/zero', 'estate.yaml', (file: string) => symlinkSync('/dev/zero', file), 'it is a pipe, a device or a socket and not a file'],
    ['/proc/self', 'estate.yaml', (file: string) => symlinkSync('/proc/self', file), undefined],
    ['a file of 50 MB', 'estate.yaml', (file: string) => truncated(file, 50_000_000), 'it has more than 16 MiB'],
    ['a file of 50 MB', 'estate.cjs', (file: string) => truncated(file, 50_000_000), 'it has more than 16 MiB'],
  ])('diptych check refuses %s named %s at once', (_what, name, make, reason) => {
    const file = join(folderOfTest(), name);
    make(file);
    const command = ['dist/bin/diptych.js', 'check', file, '--json'];
    const { status, signal, stdout } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', timeout: 20_000 });
    expect({ status, signal }).toEqual({ status: 2, signal: null });
    const message = reason === undefined ? expect.any(String) : expect.stringContaining(`cannot be read because ${reason};`);
    expect((JSON.parse(stdout) as { problems: unknown }).problems).toMatchObject([
      { code: reason === undefined ? 'EST001' : 'EST006', message },
    ]);
  });

  it('defaultEstate refuses a cdk.json that is a named pipe at once', () => {
    const folder = folderOfTest();
    spawnSync('mkfifo', [join(folder, 'cdk.json')]);
    expect(defaultEstate(folder).problems.map(({ code }) => code)).toEqual(['EST006']);
  });

  it('loadEstate reports a file without permission to read', () => {
    const file = join(folderOfTest(), 'estate.yaml');
    writeFileSync(file, 'estate: x', { mode: 0 });
    const script = `const { loadEstate } = require('./dist/lib/estate/load/load.js');
      if (process.geteuid() === 0) process.seteuid(65534);
      loadEstate(${JSON.stringify(file)}, '.').then(({ problems }) => console.log(JSON.stringify(problems)))`;
    expect(JSON.parse(node(['-e', script]).stdout)).toMatchObject([
      { code: 'EST006', message: expect.stringContaining('permission is denied') },
    ]);
  });

  it('loadEstate reports a path below a file as a missing file', async () => {
    const { problems } = await loadEstate('package.json/estate.yaml', root);
    expect(problems.map(({ code }) => code)).toEqual(['EST001']);
  });

  it('defaultEstate looks for cdk.json in the folders around, unless the folder has an estate of its own', () => {
    const outer = folderOfTest();
    const inner = join(outer, 'stacks', 'tiers');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(outer, 'cdk.json'), JSON.stringify({ context: { [contextKey]: 'firm/estate.js' } }));
    expect(defaultEstate(inner)).toEqual({ name: join('..', '..', 'firm', 'estate.js'), problems: [] });
    writeFileSync(join(inner, 'estate.yaml'), '');
    expect(defaultEstate(inner)).toEqual({ name: 'estate.yaml', problems: [] });
    writeFileSync(join(inner, 'cdk.json'), JSON.stringify({ context: { [contextKey]: 'other.yaml' } }));
    expect(defaultEstate(inner)).toEqual({ name: 'other.yaml', problems: [] });
  });

  it('defaultEstate returns the estate that cdk.json names, or else estate.yaml in the same folder', () => {
    const folder = folderOfTest();
    expect(defaultEstate(folder).problems.map(({ code }) => code)).toEqual(['EST001']);
    writeFileSync(join(folder, 'cdk.json'), '{');
    expect(defaultEstate(folder).problems.map(({ code }) => code)).toEqual(['EST006']);
    writeFileSync(join(folder, 'cdk.json'), '{}');
    expect(defaultEstate(folder).problems.map(({ code }) => code)).toEqual(['EST001']);
    writeFileSync(join(folder, 'estate.yaml'), '');
    expect(defaultEstate(folder)).toEqual({ name: 'estate.yaml', problems: [] });
    writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ context: { [contextKey]: 5 } }));
    expect(defaultEstate(folder).problems.map(({ code }) => code)).toEqual(['EST001']);
    writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ context: { [contextKey]: 'firm.yaml' } }));
    expect(defaultEstate(folder)).toEqual({ name: 'firm.yaml', problems: [] });
  });
});
