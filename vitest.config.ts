import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{shared,electron,renderer,scripts}/**/*.test.{ts,tsx}'],
          // Only what hangs is stopped; where speed matters, the test says so.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        test: {
          name: 'contract',
          environment: 'node',
          include: ['test/contract/**/*.spec.ts'],
          // Counts the sockets of the product and of a demo cluster in one process: on a real cluster it would be the same run again.
          exclude: process.env.EMBERDECK_CLUSTER === 'real' ? ['test/contract/leaks.spec.ts'] : [],
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
