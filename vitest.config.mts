import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 30_000,
    pool: 'threads',
  },
});
