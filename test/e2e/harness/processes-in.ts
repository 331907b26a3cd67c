import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';

/** Command lines of the processes whose working directory is in a folder; ended processes have none, even before they are reaped. */
export function processesIn(folder: string): string[] {
  const root = realpathSync(folder);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      if (!`${readlinkSync(`/proc/${pid}/cwd`)}${sep}`.startsWith(root + sep)) return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`];
    } catch {
      // The process has ended or belongs to another user.
      return [];
    }
  });
}
