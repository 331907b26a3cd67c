import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeploymentRecord, recordSchema, type StepRecord } from './record';

/** Deployment records of an estate, one file per run: `1.json`, `2.json` and so on. */
export class History {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** Record of the last run; undefined if it cannot be read, in which case its steps run again. */
  last(): DeploymentRecord | undefined {
    return this.read(this.lastNumber());
  }

  /** Steps of all runs, oldest first. */
  steps(): StepRecord[] {
    return this.numbers().flatMap((number) => this.read(number)?.steps ?? []);
  }

  /** Number of the next run. */
  nextNumber(): number {
    return this.lastNumber() + 1;
  }

  /** Writes a record atomically, by renaming a complete file. */
  write(record: DeploymentRecord): void {
    const path = this.path(record.number);
    const unfinished = `${path}.unfinished`;
    writeFileSync(unfinished, `${JSON.stringify(record, null, 2)}\n`);
    renameSync(unfinished, path);
  }

  private read(number: number): DeploymentRecord | undefined {
    const path = this.path(number);
    if (!existsSync(path)) return undefined;
    try {
      return recordSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
    } catch {
      return undefined;
    }
  }

  private lastNumber(): number {
    return this.numbers().at(-1) ?? 0;
  }

  private numbers(): number[] {
    const numbers = readdirSync(this.folder).flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((one, other) => one - other);
  }

  private path(number: number): string {
    return join(this.folder, `${number}.json`);
  }
}
