import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { unpackDebianPackages } from './debian-packages';
import { locked } from './lock';

/** Debian release of the programs, which run on any other release. */
const release = 'trixie';

/** Folder of the programs that tests download, outside the checkout. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'diptych');

/** Path of the entry of a folder whose name matches a pattern. */
export async function only(folder: string, name: RegExp): Promise<string> {
  const found = (await readdir(folder)).find((entry) => name.test(entry));
  if (found === undefined) throw new Error(`the unpacked packages are incomplete: ${folder} contains no ${name.source}`);
  return join(folder, found);
}

/** Writes a script that starts a program with the loader of its release, also when the program executes itself again. */
async function writeStarter(home: string, program: string): Promise<void> {
  const libraries = await only(join(home, 'usr/lib'), /-linux-gnu/);
  const loader = await only(libraries, /^ld-linux.*\.so/);
  const starter = join(home, basename(program));
  const script = `#!/bin/sh\nexec '${loader}' --argv0 '${starter}' --library-path '${libraries}' '${join(home, program)}' "$@"\n`;
  await writeFile(starter, script, { mode: 0o755 });
}

/**
 * Installs programs into a folder if they are missing. Each can be started by its name in the folder.
 *
 * @param programs - paths of the programs in their packages
 * @param prepare - further work that completes the installation
 * @throws {Error} if a prerequisite is missing
 */
export async function installPrograms(
  home: string,
  packages: readonly string[],
  programs: readonly string[],
  prepare: () => Promise<void> = async () => undefined,
): Promise<void> {
  // Written last, so that it exists only if the installation is complete.
  const complete = join(home, 'complete');
  if (existsSync(complete)) return;
  await locked(`${home}.lock`, async () => {
    if (existsSync(complete)) return;
    await rm(home, { recursive: true, force: true });
    const apt = `${home}.apt`;
    await unpackDebianPackages(release, packages, apt, home);
    await rm(apt, { recursive: true });
    for (const program of programs) await writeStarter(home, program);
    await prepare();
    await writeFile(complete, '');
  });
}
