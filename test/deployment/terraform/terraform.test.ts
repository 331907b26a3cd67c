import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Terraform } from '../../../lib/deployment/terraform/terraform';

const { signal } = new AbortController();

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-terraform-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('Terraform', () => {
  /** Puts one program on an otherwise empty PATH. */
  function onPath(name: string, script: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
    vi.stubEnv('PATH', folder);
  }

  const terraform = () => new Terraform(folder, join(folder, 'log'), { signal });

  it('Terraform.run fails with DEP006 and the last error when the command fails', async () => {
    onPath('terraform', 'echo "Error: no such thing"; exit 1');
    await expect(terraform().run('apply')).rejects.toThrow('no such thing');
    await expect(terraform().run('apply')).rejects.toThrow('DEP006');
  });

  it('Terraform.run fails with DEP007 when Terraform is not installed', async () => {
    vi.stubEnv('PATH', folder);
    await expect(terraform().run('apply')).rejects.toThrow('DEP007');
  });
});
