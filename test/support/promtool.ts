import { join } from 'node:path';
import { cacheFolder, installPrograms } from './debian-programs';

const home = join(cacheFolder, `prometheus-${process.arch}`);

let fetched: Promise<void> | undefined;

/**
 * Prometheus' own judge of rules, fetched where the machine does not have it yet.
 *
 * @throws {Error} that names the prerequisite that is missing
 */
export async function promtool(): Promise<string> {
  fetched ??= installPrograms(home, ['prometheus'], ['usr/bin/promtool']).catch((cause: Error) => {
    throw new Error(`Cannot judge alerts as promtool is missing: ${cause.message}`);
  });
  await fetched;
  return join(home, 'promtool');
}
