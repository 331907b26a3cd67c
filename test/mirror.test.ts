import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(__dirname, '..');

/** Folders of tests that do not mirror a folder of sources, each with the reason. */
const others: Readonly<Record<string, string>> = {
  boundaries: 'is about which folders of the sources may import which',
  e2e: 'runs against emulators and clusters',
  examples: 'is about the examples',
  judges: 'runs third-party validators',
  mutants: 'changes the sources',
  props: 'is about the files of attributes that are generated from the schemas',
  security: 'is about artifacts, whoever emits them',
  'readback/terraform/table': 'generates the table that readback reads',
};

/** Tests at the root, which are about the project as a whole. */
const ofProject = ['mirror.test.ts', 'package.test.ts'];

function testFiles(): string[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
}

/** Folder of sources that a folder of tests mirrors; undefined if there is none. */
function mirrored(folder: string): string | undefined {
  return [folder, join('lib', folder)].find((one) => existsSync(join(root, one)));
}

describe('the folders of tests', () => {
  const isOther = (file: string) => Object.keys(others).some((folder) => file.startsWith(`${folder}/`));

  it('mirror those of the sources', () => {
    const strays = testFiles().filter((file) => !ofProject.includes(file) && !isOther(file) && mirrored(dirname(file)) === undefined);
    expect(strays).toEqual([]);
  });

  it('are listed if they mirror no folder of sources, and only existing folders are listed', () => {
    expect(Object.keys(others).filter((folder) => !existsSync(join(__dirname, folder)))).toEqual([]);
    expect(ofProject.filter((file) => !existsSync(join(__dirname, file)))).toEqual([]);
  });

  it('are compared with folders that exist', () => {
    expect(mirrored('zones/aws')).toBe(join('lib', 'zones/aws'));
    expect(mirrored('bin/commands')).toBe('bin/commands');
    expect(mirrored('zones/clouds')).toBeUndefined();
  });
});
