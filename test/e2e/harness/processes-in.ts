import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';

/** Command lines of the processes that work in a folder or below it; those that have ended work nowhere, reaped or not. */
export function processesIn(folder: string): string[] {
  const root = realpathSync(folder);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      if (!`${readlinkSync(`/proc/${pid}/cwd`)}${sep}`.startsWith(root + sep)) return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`];
    } catch {
      // It has ended, or is not ours to look at.
      return [];
    }
  });
}
