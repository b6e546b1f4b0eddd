import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ApplicationRef } from '../shared/contract/applications.ts';
import type { Forward } from '../shared/contract/forwards.ts';
import { createClusters, createHealth } from './clusters/index.ts';
import { demoAtStart } from './demo/at-start.ts';
import { createDemo } from './demo/index.ts';
import { forwardSparkUi, shareByKey } from './forwards/index.ts';
import { createLogs } from './logs/index.ts';
import { createDrafts } from './platform/drafts.ts';
import { createLog } from './platform/log.ts';
import { createSettings } from './platform/settings.ts';
import { systemClock } from './platform/world.ts';
import { createApplications } from './spark/applications/index.ts';
import { project } from './spark/project.ts';
import { createSchemas } from './spark/schemas/index.ts';
import { createSubmissions } from './spark/submit/index.ts';
import { createTerminals } from './terminals/index.ts';
import { createWatchCaches, followNamespaces, type Namespaces } from './watch/index.ts';

/** Where the process was started, as far as the product cares. */
export interface CoreOptions {
  /** Settings and drafts live here. */
  dataFolder: string;
  environment: Record<string, string | undefined>;
  /** The program of the demo cluster's thread, loaded when somebody asks for it. */
  demoProgram: URL;
  /** Whether the person asked for the demo cluster on the command line (`--demo`). */
  demoAsked: boolean;
}

/** The value of `--data`, which both entries are started with. */
export function dataFolderOf(argv: string[]): string {
  const folder = argv[argv.indexOf('--data') + 1];
  if (!argv.includes('--data') || folder === undefined) throw new Error('--data FOLDER is missing');
  return folder;
}

export type Core = Awaited<ReturnType<typeof createCore>>;

/** Everything the backend does, put together; nothing connects before somebody asks. */
export async function createCore({ dataFolder, environment, demoProgram, demoAsked }: CoreOptions) {
  const clock = systemClock;
  const log = createLog('backend');
  const settings = createSettings({ file: join(dataFolder, 'settings.json'), log });
  const { kubeconfigs: picked } = await settings.get();
  const clusters = createClusters({ environment, home: environment.HOME ?? homedir(), picked, clock, log });
  const health = createHealth({ clusters, clock, log, random: Math.random });
  const caches = createWatchCaches({
    clusters,
    clock,
    log,
    random: Math.random,
    project,
    onTrouble: (context) => health.trouble(context),
  });
  clusters.onChange((context) => caches.restart(context));

  const { kubeconfigs } = clusters;
  const rememberPicked = () => settings.change({ kubeconfigs: kubeconfigs.picked() });
  const schemas = createSchemas({ clusterOf: (context) => clusters.get(context), log });
  const submissions = createSubmissions({ clusterOf: (context) => clusters.get(context) });
  const sparkUi = shareByKey<ApplicationRef, Forward>(
    (reference, push) => forwardSparkUi({ clusters, caches, clock }, reference, push),
    ({ context, operator, namespace, name }) => JSON.stringify([context, operator, namespace, name]),
  );
  const logs = createLogs({ clusters, caches, clock, random: Math.random });
  const demo = createDemo({ program: demoProgram, clusters, clock, log });
  await demoAtStart({ demo, settings, kubeconfigs: kubeconfigs.current(), asked: demoAsked, log });

  return {
    log,
    settings,
    demo: {
      ...demo,
      async start() {
        const started = await demo.start();
        await settings.change({ demo: { state: 'on', ...started } });
        return started;
      },
      async stop() {
        await demo.stop();
        await settings.change({ demo: { state: 'stopped' } });
      },
    },
    drafts: createDrafts({ directory: join(dataFolder, 'drafts'), clock, log }),
    kubeconfigs: {
      subscribe: kubeconfigs.subscribe,
      async add(path: string) {
        kubeconfigs.add(path);
        await rememberPicked();
      },
      async remove(path: string) {
        kubeconfigs.remove(path);
        await rememberPicked();
      },
    },
    health,
    /** Tries at once whatever waits for a retry. */
    retry(context: string) {
      clusters.forgive(context);
      health.retry(context);
      caches.retryNow(context);
    },
    namespaces(context: string, push: (namespaces: Namespaces) => void) {
      const own = kubeconfigs.current().contexts.find(({ name }) => name === context)?.namespace ?? null;
      return followNamespaces(caches, context, own, push);
    },
    applications: createApplications({ clusters, caches, clock }),
    submissions: { ...submissions, schemas },
    forwards: { sparkUi },
    logs,
    terminals: createTerminals({ clusters, caches, clock, log }),
    close() {
      void demo.stop();
      logs.close();
      caches.close();
      clusters.close();
    },
  };
}
