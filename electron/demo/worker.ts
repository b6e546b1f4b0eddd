import { parentPort } from 'node:worker_threads';
import { startDemoCluster } from './cluster.ts';

/**
 * The demo cluster on a thread of its own: heap and event loop are not the backend's. It says its kubeconfig once, as soon as it
 * can be used, and ends with the thread. It is a small team's cluster, its operator with webhooks: a run of two executors takes
 * about 20 seconds, long enough to look at.
 */
const RUN_MILLISECONDS = 20_000;

const cluster = await startDemoCluster({
  runMilliseconds: RUN_MILLISECONDS,
  namespaces: ['analytics', 'staging'],
  webhook: true,
  livedIn: true,
});
parentPort?.postMessage({ kubeconfig: cluster.kubeconfig() });
