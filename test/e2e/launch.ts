import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoCluster, type DemoClusterOptions, startDemoCluster } from '../../electron/demo/cluster.ts';
import { type App, start } from './app.ts';
import { test as base } from './fixtures.ts';

interface Launching {
  /** An empty folder, gone afterwards. */
  folder: string;
  /** Starts the app with a value of `$KUBECONFIG`, and on a data folder that an earlier one left; closed afterwards. */
  launch(kubeconfig: string, dataFolder?: string): Promise<App>;
  /** An API server of the test's own, whose faults and objects are at hand. `path` is its kubeconfig. */
  demo(options?: DemoClusterOptions): Promise<DemoCluster & { path: string }>;
}

/** For specs that start the app themselves, or need a cluster that obeys. */
export const test = base.extend<Launching>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'emberdeck-spec-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
  launch: async ({}, use, { project }) => {
    const running = new Set<App>();
    await use(async (kubeconfig, dataFolder) => {
      const app = await start({ project: project.name, kubeconfig, ...(dataFolder === undefined ? {} : { dataFolder }) });
      const { crash } = app;
      app.crash = async () => {
        running.delete(app);
        await crash();
      };
      running.add(app);
      return app;
    });
    for (const app of running) await app.close();
  },
  demo: async ({ folder }, use) => {
    const clusters: DemoCluster[] = [];
    await use(async (options) => {
      const cluster = await startDemoCluster(options);
      clusters.push(cluster);
      const path = join(folder, `demo-${clusters.length}`);
      writeFileSync(path, cluster.kubeconfig());
      return { ...cluster, path };
    });
    for (const cluster of clusters) await cluster.close();
  },
});

export { expect } from './fixtures.ts';

/** A login plugin of a few lines of shell. Returns its path. */
export function writePlugin(folder: string, name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Texts of all drafts on the disk. */
export function draftsOf({ dataFolder }: Pick<App, 'dataFolder'>): string[] {
  const folder = join(dataFolder, 'drafts');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => String(JSON.parse(readFileSync(join(folder, name), 'utf8')).text));
}
