import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API, type Snapshot } from 'typescript/unstable/sync';
import { type Mutant, mutated } from './sample';

/** Determines which mutants compile. The others can never reach a test, so they are not part of the sample. */
export class TypeCheck {
  private readonly texts = new Map<string, string>();
  private readonly api: API;
  private readonly config: string;
  private snapshot: Snapshot;

  constructor(private readonly root: string) {
    this.api = new API({ cwd: root, fs: { readFile: (path) => this.texts.get(path) } });
    this.config = join(root, 'tsconfig.json');
    this.snapshot = this.api.updateSnapshot({ openProjects: [this.config] });
  }

  /** True if the mutated file has no error. Unused names do not count, because they are no errors at run time. */
  compiles(mutant: Mutant): boolean {
    const path = join(this.root, mutant.file);
    const source = readFileSync(path, 'utf8');
    const errors = this.errorsWith(path, mutated(source, mutant));
    this.texts.delete(path);
    return errors === 0;
  }

  close(): void {
    try {
      this.api.close();
    } catch {
      // The same signal has already ended its process.
    }
  }

  private errorsWith(path: string, text: string): number {
    const changed = [...this.texts.keys(), path];
    this.texts.set(path, text);
    const next = this.api.updateSnapshot({ openProjects: [this.config], fileChanges: { changed: [...changed, ...this.stale] } });
    this.snapshot.dispose();
    this.snapshot = next;
    this.stale = [path];
    const program = next.getProject(this.config)?.program;
    if (!program) throw new Error(`there is no TypeScript project at ${this.config}`);
    const syntax = program.getSyntacticDiagnostics(path).length;
    const unused = new Set([6133, 6192, 6196, 6198, 7027]);
    return syntax + program.getSemanticDiagnostics(path).filter(({ code }) => !unused.has(code)).length;
  }

  /** File of the previous mutant, which was restored. */
  private stale: string[] = [];
}
