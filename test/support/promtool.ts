import { join } from 'node:path';
import { cacheFolder, installPrograms } from './debian-programs';

const home = join(cacheFolder, `prometheus-${process.arch}`);

let fetched: Promise<void> | undefined;

/**
 * Returns the path of promtool, and installs it into the cache folder if it is missing.
 *
 * @throws {Error} if a prerequisite of the installation is missing
 */
export async function promtool(): Promise<string> {
  fetched ??= installPrograms(home, ['prometheus'], ['usr/bin/promtool']).catch((cause: Error) => {
    throw new Error(`promtool, which tests alerts, could not be installed: ${cause.message}`);
  });
  await fetched;
  return join(home, 'promtool');
}
