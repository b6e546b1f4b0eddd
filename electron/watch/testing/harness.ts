import http from 'node:http';
import { type Log, systemClock } from '../../platform/world.ts';
import { createWatchCaches } from '../caches.ts';
import type { Resource } from '../resource.ts';
import type { Tuning } from '../tuning.ts';
import { createHttpCluster } from './http-cluster.ts';
import { startApiServer } from './http-server.ts';

export const pods: Resource = { group: '', version: 'v1', plural: 'pods', namespace: null };

/** Nobody listens. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined };

/** Real times, but short; `grace` and `tick` leave room for a busy machine. */
const shortTuning: Partial<Tuning> = {
  backoffFirst: 10,
  backoffMost: 40,
  refusedDelay: 60,
  grace: 400,
  settle: 15,
  silence: 5_000,
  tick: 50,
  openTimeout: 300,
  pageTimeout: 300,
  healthyAfter: 30,
  linger: 0,
};

/** A server, and watch caches that watch it. */
export async function createHarness(tuning: Partial<Tuning> = {}) {
  const server = await startApiServer();
  const agent = new http.Agent({ keepAlive: false });
  const cluster = createHttpCluster(() => server.port, agent);
  const troubles: string[] = [];
  const caches = createWatchCaches({
    clusters: { get: () => cluster },
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    onTrouble: (_context, failure) => troubles.push(failure.code),
    tuning: { ...shortTuning, ...tuning },
  });
  return {
    server,
    caches,
    troubles,
    async close() {
      caches.close();
      await server.stop();
    },
  };
}

export type Harness = Awaited<ReturnType<typeof createHarness>>;
