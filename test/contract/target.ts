import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, type Clusters, createClusters } from '../../electron/clusters/index.ts';
import { type DemoCluster, startDemoCluster } from '../../electron/demo/cluster.ts';
import { type Log, systemClock } from '../../electron/platform/world.ts';
import { FailureError } from '../../shared/failure.ts';

/** The cluster the suite runs against, reached through the product's own layers. */
export interface Target {
  clusters: Clusters;
  /** Context that may do everything. */
  context: string;
  admin: Cluster;
  /** May read the namespace default and nothing else; null where the kubeconfig has no such context. */
  viewer: Cluster | null;
  /** Set when the suite started the demo cluster for itself. */
  demo: DemoCluster | null;
  close(): Promise<void>;
}

export const quiet: Log = { info: () => undefined, warn: () => undefined };

/**
 * With EMBERDECK_CLUSTER=real: the cluster of $KUBECONFIG, context $EMBERDECK_CONTEXT or the current one, viewer `<context>-viewer`.
 * Otherwise a demo cluster of its own, so that nobody's real cluster is touched by accident.
 */
export async function openTarget(runMilliseconds = 1500): Promise<Target> {
  if (process.env.EMBERDECK_CLUSTER === 'real') {
    const clusters = createClusters({ environment: process.env, home: homedir(), clock: systemClock, log: quiet });
    return { ...contextsOf(clusters, process.env.EMBERDECK_CONTEXT), demo: null, close: async () => clusters.close() };
  }
  const demo = await startDemoCluster({ runMilliseconds });
  const folder = mkdtempSync(join(tmpdir(), 'emberdeck-contract-'));
  const path = join(folder, 'config');
  writeFileSync(path, demo.kubeconfig(), { mode: 0o600 });
  const clusters = createClusters({ environment: { KUBECONFIG: path }, home: folder, clock: systemClock, log: quiet });
  return {
    ...contextsOf(clusters, 'demo'),
    demo,
    async close() {
      clusters.close();
      rmSync(folder, { recursive: true, force: true });
      await demo.close();
    },
  };
}

function contextsOf(clusters: Clusters, wanted: string | undefined): Pick<Target, 'clusters' | 'context' | 'admin' | 'viewer'> {
  const { contexts, currentContext } = clusters.kubeconfigs.current();
  const context = wanted ?? currentContext ?? '';
  const viewer = `${context}-viewer`;
  const known = contexts.some(({ name }) => name === viewer);
  return { clusters, context, admin: clusters.get(context), viewer: known ? clusters.get(viewer) : null };
}

/** A name nobody else uses, of at most 30 letters. */
export const unique = (word: string): string => `contract-${word}-${randomBytes(3).toString('hex')}`;

/** The failure a promise rejects with; fails the test when it does not. */
export async function failureOf(promise: Promise<unknown>): Promise<FailureError['failure']> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('expected a failure');
}

/** Asks until `look` gives something; the last reason is in the error when it never does. */
export async function until<Value>(
  what: string,
  seconds: number,
  look: () => Promise<Value | null> | Value | null,
): Promise<Value> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`);
}

/** The program of the demo cluster's thread, as `createCore` wants it. */
export const demoProgram = new URL('../../electron/demo/worker.ts', import.meta.url);
