import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one run; kept after a failure where `DIPTYCH_E2E_KEEP` is set, so that its logs can be read. */
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
