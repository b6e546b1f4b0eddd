import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { type Cluster, createClusters } from '../../electron/clusters/index.ts';
import { systemClock } from '../../electron/platform/world.ts';
import { type App, root, start } from './app.ts';

/** The cluster the specs run on: the one of `$KUBECONFIG`, or the suite's own small API server. */
export interface TestCluster {
  kubeconfig: string;
  isReal: boolean;
  /** A context that may do all, and one that may only read the namespace `default`. */
  contexts: { all: string; viewer: string };
  /** The API, past the app. */
  api: Cluster;
}

const silent = { info() {}, warn() {} };

export const test = base.extend<{ app: App }, { cluster: TestCluster }>({
  cluster: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
    async ({}, use) => {
      const isReal = process.env.EMBERDECK_CLUSTER === 'real';
      const folder = mkdtempSync(join(tmpdir(), 'emberdeck-cluster-'));
      const demo = isReal ? null : await startDemo(join(folder, 'config'));
      const kubeconfig = isReal ? (process.env.KUBECONFIG ?? '') : join(folder, 'config');
      const clusters = createClusters({
        environment: { KUBECONFIG: kubeconfig },
        home: homedir(),
        clock: systemClock,
        log: silent,
      });
      const { currentContext, contexts } = clusters.kubeconfigs.current();
      const all = currentContext ?? contexts[0]?.name ?? '';
      const viewer = contexts.find(({ name }) => name.endsWith('viewer'))?.name ?? '';
      await use({ kubeconfig, isReal, contexts: { all, viewer }, api: clusters.get(all) });
      clusters.close();
      demo?.kill();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  app: async ({ cluster }, use, { project }) => {
    const app = await start({ project: project.name, kubeconfig: cluster.kubeconfig });
    await use(app);
    await app.close();
  },
});

export { expect } from '@playwright/test';

function startDemo(kubeconfig: string): Promise<ChildProcess> {
  const script = join(root, 'electron/demo/serve.ts');
  const child = spawn(process.execPath, [script, '--kubeconfig', kubeconfig], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`the demo cluster ended with ${code}`)));
  });
}

/** A name that no other run uses. */
export const freshName = (stem: string): string => `${stem}-${Date.now().toString(36)}`;
