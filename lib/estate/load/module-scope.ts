import { AsyncLocalStorage } from 'node:async_hooks';
import type { Problem } from '../../core/problem';

/** What the command line must know about a module that runs in its process. */
export interface ModuleScope {
  /** Returns the problems of an error that the module threw at any time; undefined if the error has another cause. */
  readonly problemsOf: (error: unknown) => readonly Problem[] | undefined;
  /** The problem of a module that ended the process, or whose promise never settles. */
  readonly unfinished: Problem;
}

const scopes = new AsyncLocalStorage<ModuleScope>();
let last: ModuleScope | undefined;

/** Returns the module of an estate that this process has loaded or is loading. */
export function moduleInProcess(): ModuleScope | undefined {
  return last;
}

/** Runs code of a module. Whatever this code prints on stdout, also later, goes to stderr, because stdout holds only the result of the command. */
export function inModule<T>(scope: ModuleScope, work: () => Promise<T>): Promise<T> {
  last = scope;
  redirectOutput();
  return scopes.run(scope, work);
}

/** Runs code of Diptych that code of a module caused, such as a handler of an event, so that its output goes where it belongs. */
export function outsideModule(work: () => void): void {
  scopes.exit(work);
}

function redirectOutput(): void {
  const { stdout, stderr } = process;
  const { write } = stdout;
  stdout.write = ((...args: Parameters<typeof write>) =>
    scopes.getStore() ? stderr.write(...args) : write.apply(stdout, args)) as typeof write;
}
