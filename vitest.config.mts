import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Tests that start processes (the command line, HAProxy, OpenSSL, other tools), answer on ports, let time pass or fetch programs.
 *
 * `test/support/unit.ts` fails a test of any other file that does.
 */
const processes = [
  'test/bin/**',
  'test/boundaries/**',
  'test/deployment/{aws,gate,kubernetes,probe/kubernetes,probe/readers,run,terraform}/**',
  'test/estate/codes.test.ts',
  'test/estate/load/load.test.ts',
  'test/examples/**',
  'test/handshake/**',
  'test/mutants/**',
  'test/package.test.ts',
  'test/process/**',
  'test/props/**',
  'test/scripts/**',
  'test/stacks/template-validation.test.ts',
  'test/tls/boot/{accelerator,event-store,user-data,user-data-run}.test.ts',
  'test/tls/haproxy/**',
  'test/tls/kubernetes/software-alert.test.ts',
  'test/tls/presets.test.ts',
].map((pattern) => (pattern.endsWith('/**') ? `${pattern}/*.test.ts` : pattern));

export default defineConfig({
  resolve: { alias: [{ find: /^diptych$/, replacement: fileURLToPath(new URL('lib/index.ts', import.meta.url)) }] },
  test: {
    env: { CDK_VALIDATION: 'false' },
    // Ends tests that hang; a machine under load can be ten times slower than an idle one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Tests start a thousand processes, which takes longer the more memory the starting process uses.
    pool: 'forks',
    // More than there are cores, because many tests wait for processes or for time to pass.
    maxWorkers: availableParallelism() + 2,
    // Files share the modules of their worker, which take longer to load than the tests take to run.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...processes],
          setupFiles: ['test/support/unit.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: processes,
          globalSetup: ['test/support/built.ts'],
        },
      },
    ],
  },
});
