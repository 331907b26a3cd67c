import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    // One control plane at a time: each takes a gigabyte and both cores.
    fileParallelism: false,
    // Steps of one file build on each other: after a failure the rest would only repeat it.
    bail: 0,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    reporters: ['verbose', './test/e2e/summary.ts'],
  },
});
