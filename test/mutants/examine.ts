import type { Runner } from './runner';
import { type Mutant, mutated } from './sample';
import type { Selection } from './selection';
import type { Tree } from './tree';

/** Verdict on one mutant. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly killed: boolean;
  /** The test file that failed first, and its first failure. */
  readonly killedBy?: string;
  readonly why?: string;
  /** Test files that ran. */
  readonly ran: number;
  readonly seconds: number;
}

/** Examines mutants one after the other in one tree. */
export class Examiner {
  /** Seconds that each test file takes without a mutant; files that fail without one are left out. */
  private readonly baseline = new Map<string, number>();
  readonly unusable = new Map<string, string>();
  private changed: string[] = [];

  constructor(
    private readonly tree: Tree,
    private readonly selection: Selection,
    private readonly runner: Runner,
    /** Test files that run before all others. */
    private readonly near: number,
    /** True if no other test files run. */
    private readonly quick: boolean,
  ) {}

  async examine(mutant: Mutant): Promise<Verdict> {
    const started = Date.now();
    const tests = this.selection.testsOf(mutant.file, (test) => this.baseline.get(test) ?? 5);
    let ran = 0;
    for (const some of [tests.slice(0, this.near), this.quick ? [] : tests.slice(this.near)]) {
      await this.measure(some);
      const usable = some.filter((test) => !this.unusable.has(test));
      if (usable.length === 0) continue;
      this.tree.write(mutant.file, mutated(this.tree.read(mutant.file), mutant));
      this.changed.push(mutant.file);
      const outcome = await this.confirmed(usable);
      this.tree.restore(mutant.file);
      this.changed.push(mutant.file);
      ran += outcome.seconds.size;
      if (outcome.killedBy === undefined) continue;
      const { killedBy, why } = outcome;
      return { mutant, killed: true, killedBy, why, ran, seconds: (Date.now() - started) / 1000 };
    }
    return { mutant, killed: false, ran, seconds: (Date.now() - started) / 1000 };
  }

  /** Runs the tests. A failure that is no failed assertion must occur twice to count, because a busy machine also causes such failures. */
  private async confirmed(tests: readonly string[]) {
    const first = await this.run(tests, true);
    if (first.killedBy === undefined || /\bexpected\b/.test(first.why ?? '')) return first;
    const again = await this.run([first.killedBy], true);
    return again.killedBy !== undefined ? again : this.run(tests, true);
  }

  /** Measures test files without a mutant that were not measured yet. */
  private async measure(tests: readonly string[]): Promise<void> {
    const fresh = tests.filter((test) => !this.baseline.has(test) && !this.unusable.has(test));
    if (fresh.length === 0) return;
    let left = fresh;
    for (let attempt = 0; attempt < 2 && left.length > 0; attempt++) {
      const { seconds, failed } = await this.runEach(left);
      for (const [test, took] of seconds) if (!failed.has(test)) this.baseline.set(test, took);
      left = [...failed.keys()];
      if (attempt === 1) for (const [test, why] of failed) this.unusable.set(test, why);
    }
  }

  private async runEach(tests: readonly string[]) {
    const seconds = new Map<string, number>();
    const failed = new Map<string, string>();
    const outcome = await this.run(tests, false);
    for (const [test, took] of outcome.seconds) seconds.set(test, took);
    for (const test of tests) if (!seconds.has(test)) failed.set(test, outcome.why ?? 'did not run');
    for (const [test, why] of outcome.failures) failed.set(test, why);
    return { seconds, failed };
  }

  private run(tests: readonly string[], bail: boolean) {
    const changed = [...new Set(this.changed)];
    this.changed = [];
    return this.runner.run({ tests, changed, bail }, (test) => (this.baseline.get(test) ?? 60) * 4 + 30);
  }
}
