import { defineConfig } from '@playwright/test';

const onRealCluster = process.env.EMBERDECK_CLUSTER === 'real';

/** The same specs in Electron and in Chromium; `scripts/test.mjs` names the binaries and the cluster. One at a time: one cluster. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results/e2e',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // Only what hangs is stopped: the longest spec takes a minute on an idle machine.
  timeout: onRealCluster ? 240_000 : 150_000,
  expect: { timeout: onRealCluster ? 30_000 : 10_000 },
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? 'test-results/e2e.json' }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  // Window and browser differ in their transport, not in their cluster: on a real one, the story is enough for the second.
  projects: [{ name: 'electron' }, { name: 'chromium', ...(onRealCluster ? { testMatch: 'story.spec.ts' } : {}) }],
});
