/**
 * Compiles the project into `dist`, unless neither inputs nor outputs have changed since the last successful build.
 *
 * The TypeScript compiler takes seconds only to read the declarations of all packages. Its own build mode compares times, and misses
 * a file that was replaced by an older one, an output that was removed, and another version of a package. This compares contents.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const output = join(root, 'dist');
const stamp = join(output, '.build-digests.json');

/** Folders that `include` of `tsconfig.json` names. */
const sources = ['bench', 'bin', 'examples', 'lib', 'stacks', 'policies'].map((folder) => join(root, folder));

/** Settings, and the versions of the compiler and of every package whose types are read. */
const settings = ['tsconfig.json', 'package.json', 'package-lock.json', 'node_modules/.package-lock.json'].map((file) => join(root, file));

const filesBelow = (folder, names) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && names.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

/** Digest of the paths and contents of files. */
function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files.filter(existsSync).sort())
    hash.update(JSON.stringify(file)).update(createHash('sha256').update(readFileSync(file)).digest());
  return hash.digest('hex');
}

const inputDigest = () => digestOf([...settings, ...sources.flatMap((folder) => filesBelow(folder, /\.(?:[cm]?ts|json)$/))]);
const outputFiles = () => filesBelow(output, /\.(?:[cm]?js|json|d\.[cm]?ts)$/).filter((file) => file !== stamp);

function lastBuild() {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'));
  } catch {
    return {};
  }
}

const inputs = inputDigest();
const last = lastBuild();
// Only files of that build count, because tests write other files to the same folder.
const untouched = Array.isArray(last.outputs?.files) && last.outputs.digest === digestOf(last.outputs.files);
if (last.inputs !== inputs || !untouched) {
  rmSync(stamp, { force: true });
  // The incremental compiler does not restore outputs that were changed or removed.
  if (!untouched) rmSync(join(output, '.tsbuildinfo'), { force: true });
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.json')], {
    cwd: root,
    stdio: 'inherit',
  });
  const files = outputFiles();
  // The next build must compile sources that failed or were edited in the meantime.
  const compiled = status === 0 && inputDigest() === inputs ? inputs : undefined;
  writeFileSync(`${stamp}.${process.pid}`, JSON.stringify({ inputs: compiled, outputs: { files, digest: digestOf(files) } }));
  renameSync(`${stamp}.${process.pid}`, stamp);
  process.exitCode = status ?? 1;
}
