import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    // One control plane at a time: each takes a gigabyte and both cores.
    fileParallelism: false,
    // What is to end in time says so by itself; these end what never would.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    reporters: ['verbose', './test/e2e/summary.ts'],
  },
});
