import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandCodes } from '../../../bin/cli/codes';
import { foldersIn } from '../../../lib/artifacts/folders';
import { acquireFileLock } from '../../../lib/process/file-lock';
import { diptych, diptychProcess, type Ended, folderOfTest, root } from '../../support/diptych';

const estate = join(root, 'examples/meridian/estate.yaml');

/** Writes a module that breaks a function Diptych needs, to be loaded before the command. */
function sabotage(): string {
  const path = join(folderOfTest(), 'sabotage.cjs');
  writeFileSync(path, `TextDecoder.prototype.decode = () => ({ unheard: 'of' });`);
  return path;
}

/** Creates a folder with one file. */
function folderWith(name: string): string {
  const folder = folderOfTest();
  writeFileSync(join(folder, name), '{}');
  return folder;
}

/** Creates a folder to which this process writes artifacts, as far as others can tell. */
function folderBeingWritten(): string {
  const out = folderOfTest();
  const folders = foldersIn(out);
  mkdirSync(folders.diptych);
  acquireFileLock(folders.diptych);
  return out;
}

/** For each code of the command line, a command that raises it. */
const drivers: Readonly<Record<string, () => Ended>> = {
  CMD001: () => diptychProcess(['check', estate], { env: { NODE_OPTIONS: `--require=${sabotage()}` } }),
  CMD002: () => diptych(['init', folderWith('cdk.json')]),
  CMD003: () => diptych(['explain', 'ZON999']),
  CMD005: () => diptych(['synth', estate, '--out', join(folderWith('file'), 'file')]),
  CMD006: () => diptych(['explain', 'tier', 'no-such-zone', estate]),
  CMD007: () => diptych(['check', estate, '--at', '2027-02-30']),
  CMD008: () => diptych(['probe', estate, '--handshake', '--ca', 'no-such-authority.pem']),
  CMD009: () => diptych(['check', '--jsn']),
  CMD010: () => diptych(['synth', estate, '--out', folderBeingWritten()]),
};

describe('commandCodes', () => {
  it.each(Object.keys(commandCodes))('%s is the only code that its command raises', (code) => {
    const { status, stderr } = drivers[code]?.() ?? { status: 0, stderr: '' };
    expect(status).toBeGreaterThan(0);
    expect(new Set([...stderr.matchAll(/^\S.*\[([A-Z]{3}\d{3})\]$/gm)].map(([, raised]) => raised))).toEqual(new Set([code]));
  });
});
