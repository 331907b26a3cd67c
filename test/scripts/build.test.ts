import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOfTest, node, root } from '../support/diptych';

/** A project of two files, with our build script and settings. */
function project() {
  const folder = folderOfTest();
  for (const name of ['scripts', 'lib']) mkdirSync(join(folder, name));
  cpSync(join(root, 'scripts/build.mjs'), join(folder, 'scripts/build.mjs'));
  // Types of packages, which these files do not use, take most of the time to compile.
  const settings = readFileSync(join(root, 'tsconfig.json'), 'utf8').replace('"types": ["node"]', '"types": []');
  writeFileSync(join(folder, 'tsconfig.json'), settings);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const output = join(folder, 'dist/lib/b.js');
  const source = join(folder, 'lib/b.ts');
  const write = (text: string) => writeFileSync(source, `export const b: number = ${text};\n`);
  writeFileSync(join(folder, 'lib/a.ts'), "import { b } from './b';\nexport const a: number = b;\n");
  write('1');
  return { folder, output, source, write, build: () => node(['scripts/build.mjs'], { cwd: folder }) };
}

const compiled = (path: string) => readFileSync(path, 'utf8');

describe('scripts/build.mjs', () => {
  it('compiles nothing if no file has changed, and a source that has changed', () => {
    const { folder, output, write, build } = project();
    expect(build()).toMatchObject({ status: 0, stdout: '' });
    const written = () => statSync(join(folder, 'dist/.build-digests.json')).mtimeMs;
    const first = written();
    expect(build()).toMatchObject({ status: 0 });
    expect(written()).toBe(first);
    writeFileSync(join(folder, 'dist/other.js'), '');
    expect(build()).toMatchObject({ status: 0 });
    expect(written()).toBe(first);
    write('2');
    expect(build()).toMatchObject({ status: 0 });
    expect(compiled(output)).toContain('exports.b = 2;');
  });

  it('compiles a source that was replaced by an older file', () => {
    const { folder, output, source, write, build } = project();
    build();
    const older = join(folder, 'older');
    write('3');
    renameSync(source, older);
    utimesSync(older, 1, 1);
    renameSync(older, source);
    expect(build()).toMatchObject({ status: 0 });
    expect(compiled(output)).toContain('exports.b = 3;');
  });

  it.each([
    ['removed', (path: string) => rmSync(path)],
    ['edited', (path: string) => writeFileSync(path, 'exports.b = 4;')],
  ])('restores an output that was %s', (_how, change) => {
    const { output, build } = project();
    build();
    const whole = compiled(output);
    change(output);
    expect(build()).toMatchObject({ status: 0 });
    expect(compiled(output)).toBe(whole);
  });

  it('ignores a record that an earlier version of the script wrote', () => {
    const { folder, output, build } = project();
    build();
    writeFileSync(join(folder, 'dist/.build-digests.json'), JSON.stringify({ inputs: 'a', outputs: 'b' }));
    rmSync(output);
    expect(build()).toMatchObject({ status: 0 });
    expect(compiled(output)).toContain('exports.b = 1;');
  });

  it('removes the outputs of a source that was removed, and leaves files of others', () => {
    const { folder, build } = project();
    writeFileSync(join(folder, 'lib/gone.ts'), 'export const gone = 1;\n');
    build();
    writeFileSync(join(folder, 'dist/lib/other.js'), '');
    rmSync(join(folder, 'lib/gone.ts'));
    expect(build()).toMatchObject({ status: 0 });
    expect(readdirSync(join(folder, 'dist/lib')).filter((name) => /gone|other/.test(name))).toEqual(['other.js']);
  });

  it('compiles again what a compiler that was killed had begun', () => {
    const { folder, output, write, build } = project();
    build();
    const compiler = join(folder, 'node_modules/typescript/bin/tsc');
    rmSync(join(folder, 'node_modules'));
    mkdirSync(join(compiler, '..'), { recursive: true });
    writeFileSync(
      compiler,
      `require('node:fs').writeFileSync(${JSON.stringify(output)}, 'exports.b = 5;'); process.kill(process.pid, 'SIGKILL');\n`,
    );
    write('5');
    expect(build().status).not.toBe(0);
    rmSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    write('1');
    expect(build()).toMatchObject({ status: 0 });
    expect(compiled(output)).toContain('exports.b = 1;');
  });

  it('fails every time for sources that do not compile', () => {
    const { write, build } = project();
    write("'text'");
    expect(build()).toMatchObject({ status: 2, stdout: expect.stringContaining('TS2322') });
    expect(build()).toMatchObject({ status: 2, stdout: expect.stringContaining('TS2322') });
  });
});
