import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { sha256 } from '../../lib/core/digest';
import type { Verdict } from './examine';
import type { Mutant } from './sample';
import type { Tree } from './tree';

/** Verdicts in a file, one on each line, so that an interrupted run can be resumed. */
export class Journal {
  private readonly verdicts = new Map<string, Verdict>();

  constructor(
    private readonly path: string | undefined,
    private readonly tree: Tree,
    retry: boolean,
  ) {
    if (path === undefined || !existsSync(path)) return;
    for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
      const { key, verdict } = JSON.parse(line) as { key: string; verdict: Verdict };
      if (retry && !verdict.killed) this.verdicts.delete(key);
      else this.verdicts.set(key, verdict);
    }
  }

  /** Verdict on a mutant, if its file has not changed since. */
  find(mutant: Mutant): Verdict | undefined {
    return this.verdicts.get(this.keyOf(mutant));
  }

  keep(verdict: Verdict): void {
    if (this.path !== undefined) appendFileSync(this.path, `${JSON.stringify({ key: this.keyOf(verdict.mutant), verdict })}\n`);
  }

  private keyOf({ id, file }: Mutant): string {
    return `${sha256(this.tree.read(file))} ${id}`;
  }
}
