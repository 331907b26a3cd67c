import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Builds the command line if sources or outputs changed, because tests run it in processes of its own. */
export default function build(): void {
  // Types are not checked, because `npm run check` does that.
  spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
}
