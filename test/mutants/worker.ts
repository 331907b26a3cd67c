import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest, type TestModule, type TestSpecification } from 'vitest/node';

/** Request to run test files in order until one fails. */
export interface Request {
  readonly tests: readonly string[];
  /** Sources that changed since the previous request. */
  readonly changed: readonly string[];
  /** True if a failure ends the run. */
  readonly bail: boolean;
}

/** Report of the worker: the start or end of a test file, or the end of the run. */
export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'begins'; readonly test: string }
  | { readonly type: 'ends'; readonly test: string; readonly failures: readonly string[] }
  | { readonly type: 'finished'; readonly errors: readonly string[] };

const root = process.cwd();
const report = (message: Report): void => {
  process.send?.(message);
};
const named = ({ moduleId }: TestModule): string => relative(root, moduleId);

/** Runs the files in the requested order. */
class AsAsked {
  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
  sort(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

function failuresOf(module: TestModule): string[] {
  const own = module.errors().map(({ message }) => `(loading) ${message.split('\n')[0]}`);
  const tests = [...module.children.allTests('failed')].map((test) => `${test.name}: ${test.result().errors?.[0]?.message.split('\n')[0]}`);
  const suites = [...module.children.allSuites()].flatMap((suite) =>
    suite.errors().map(({ message }) => `${suite.name}: ${message.split('\n')[0]}`),
  );
  return [...own, ...suites, ...tests];
}

const vitest = await createVitest(
  'test',
  {
    root,
    config: false,
    watch: false,
    cache: false,
    pool: 'threads',
    maxWorkers: Number(process.env.MUTANTS_WORKERS ?? 2),
    bail: 1,
    update: 'none',
    restoreMocks: true,
    unstubEnvs: true,
    include: ['test/**/*.test.ts'],
    setupFiles: [fileURLToPath(new URL('without-goldens.ts', import.meta.url))],
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: AsAsked },
    reporters: [
      {
        onTestModuleQueued: (module) => report({ type: 'begins', test: named(module) }),
        onTestModuleEnd: (module) => report({ type: 'ends', test: named(module), failures: failuresOf(module) }),
      },
    ],
  },
  {
    cacheDir: `${root}/.vite`,
    resolve: { alias: [{ find: /^diptych$/, replacement: `${root}/lib/index.ts` }] },
  },
);
await vitest.standalone();
const project = vitest.getRootProject();

process.on('disconnect', () => process.exit());
process.on('message', async ({ tests, changed, bail }: Request) => {
  for (const file of changed) vitest.invalidateFile(`${root}/${file}`);
  vitest.config.bail = bail ? 1 : 0;
  project.config.bail = bail ? 1 : 0;
  const { unhandledErrors } = await vitest.runTestSpecifications(tests.map((test) => project.createSpecification(`${root}/${test}`)));
  report({ type: 'finished', errors: unhandledErrors.map((error) => String((error as Error).message ?? error).split('\n')[0] ?? '') });
});
report({ type: 'ready' });
