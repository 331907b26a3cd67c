import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cdk, cdkFailure } from '../../../lib/deployment/aws/cdk';
import { cdkChanges } from '../../../lib/deployment/aws/changes';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-cdk-'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Installs a CDK command line of the project that runs a script. */
function install(script: string): Cdk {
  const programs = join(folder, 'node_modules', '.bin');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'cdk'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(programs, 'cdk'), 0o755);
  return new Cdk(folder, join(folder, 'log'), { signal: new AbortController().signal });
}

const stack = { name: 'dublin-core', site: 'dublin', half: 'cloud', after: [], file: '' } as const;

describe('the CDK command line', () => {
  it.each(['deploy', 'destroy'] as const)('cdk %s fails with DEP021 and the printed error when it exits with an error', async (command) => {
    const outcome = await install('echo "dublin-core failed: no such role"; echo done; exit 1')[command](stack.name);
    expect(cdkFailure(stack.name, command, outcome, 'log').message).toMatch(
      new RegExp(`^dublin-core: cdk ${command} failed: "dublin-core failed: no such role"; .* \\[DEP021\\]$`),
    );
  });

  it('cdk diff fails with DEP022 and its last line when it exits with an error', async () => {
    const cdk = install('echo "no credentials"; exit 3');
    await expect(cdkChanges(stack, cdk)).rejects.toThrow(/^dublin-core: cdk diff exited with 3: "no credentials"; .* \[DEP022\]$/);
  });
});
