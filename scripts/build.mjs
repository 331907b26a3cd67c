/**
 * Compiles the project into `dist`, unless neither inputs nor outputs have changed since the last successful build.
 *
 * The TypeScript compiler takes seconds only to read the declarations of all packages. Its own build mode compares times, and misses
 * a file that was replaced by an older one, an output that was removed, and another version of a package. This compares contents.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

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

/** True if a file in `dist` was compiled or copied from a source that exists. */
function hasSource(file) {
  const path = join(root, relative(output, file));
  return path.endsWith('.json') ? existsSync(path) : existsSync(path.replace(/\.d\.ts$|\.js$/, '.ts'));
}

/** Files that the compiler wrote. Tests write other files to the same folder. */
const outputFiles = () => filesBelow(output, /\.(?:js|json|d\.ts)$/).filter((file) => file !== stamp && hasSource(file));

/** Removes what an earlier build wrote for sources that no longer exist. */
function removeOrphans(files) {
  for (const file of files.filter((one) => one.startsWith(output) && !hasSource(one)))
    for (const one of [file, `${file}.map`]) rmSync(one, { force: true });
}

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
  // A compiler that was killed may have written some outputs, and its record does not say which.
  const ended = status === 0 || status === 1 || status === 2;
  if (!ended) rmSync(join(output, '.tsbuildinfo'), { force: true });
  if (Array.isArray(last.outputs?.files)) removeOrphans(last.outputs.files);
  const files = outputFiles();
  // The next build must compile sources that failed or were edited in the meantime.
  const compiled = status === 0 && inputDigest() === inputs ? inputs : undefined;
  writeFileSync(`${stamp}.${process.pid}`, JSON.stringify({ inputs: compiled, outputs: { files, digest: digestOf(files) } }));
  renameSync(`${stamp}.${process.pid}`, stamp);
  process.exitCode = status ?? 1;
}
