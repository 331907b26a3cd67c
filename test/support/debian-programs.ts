import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { unpackDebianPackages } from './debian-packages';
import { locked } from './lock';

/** Programs of one release of Debian, which run on any other. */

const release = 'trixie';

/** Where programs are kept that were fetched for tests: outside the checkout. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'diptych');

/** The one entry of a folder with such a name. */
export async function only(folder: string, name: RegExp): Promise<string> {
  const found = (await readdir(folder)).find((entry) => name.test(entry));
  if (found === undefined) throw new Error(`Cannot use the packages unpacked for the tests: ${folder} holds no ${name.source}`);
  return join(folder, found);
}

/** Makes a program of another release start with that release's own loader, also where it executes itself again by its name. */
async function writeStarter(home: string, program: string): Promise<void> {
  const libraries = await only(join(home, 'usr/lib'), /-linux-gnu/);
  const loader = await only(libraries, /^ld-linux.*\.so/);
  const starter = join(home, basename(program));
  const script = `#!/bin/sh\nexec '${loader}' --argv0 '${starter}' --library-path '${libraries}' '${join(home, program)}' "$@"\n`;
  await writeFile(starter, script, { mode: 0o755 });
}

/**
 * Installs programs into a folder, where they are not there yet; each starts by its own name there.
 *
 * @param programs - where they stand in their packages
 * @param prepare - what else has to be done before they are of use
 * @throws {Error} that names the prerequisite that is missing
 */
export async function installPrograms(
  home: string,
  packages: readonly string[],
  programs: readonly string[],
  prepare: () => Promise<void> = async () => undefined,
): Promise<void> {
  // Written last: the folder is whole where it stands.
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
