import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const folders = ['bin', 'lib', 'stacks', 'examples'];

/** Builds the command line where its sources are newer than what was built: its tests run real processes. */
export default function build(): void {
  const stamp = join(root, 'dist/.tsbuildinfo');
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
  );
  if (sources.every((path) => statSync(path).mtimeMs <= built)) return;
  // Errors of types are for `npm run check`: tests tell what the code does.
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'], { cwd: root, stdio: 'inherit' });
}
