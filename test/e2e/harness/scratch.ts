import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Temporary folder of one run; kept after a failure if `DIPTYCH_E2E_KEEP` is set. */
export function scratchFolder(name: string): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), `diptych-e2e-${name}-`));
  return {
    folder,
    remove() {
      if (process.env.DIPTYCH_E2E_KEEP) console.error(`kept ${folder}`);
      else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
