import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: [{ find: /^diptych$/, replacement: fileURLToPath(new URL('lib/index.ts', import.meta.url)) }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    globalSetup: ['test/support/built.ts'],
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'threads',
  },
});
