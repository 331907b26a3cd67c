import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    // Only one control plane at a time, because each uses a gigabyte and both cores.
    fileParallelism: false,
    // Tests have deadlines of their own; these timeouts only end a test that would hang.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    reporters: ['verbose', './test/e2e/summary.ts'],
  },
});
