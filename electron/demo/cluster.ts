import { administrator, viewer } from './api/access.ts';
import { createObject } from './api/commit.ts';
import { type DemoApi, directAccess } from './api/direct.ts';
import { kindsOf, type Operator } from './api/kinds.ts';
import { listen, newToken } from './api/server.ts';
import { createStore } from './api/store.ts';
import { startClaims } from './controllers/claims.ts';
import { startGarbageCollector } from './controllers/garbage.ts';
import { startJobs } from './controllers/jobs.ts';
import { startNamespaces } from './controllers/namespaces.ts';
import { startQuotas } from './controllers/quotas.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { createEvents } from './node/events.ts';
import { startKubelet } from './node/kubelet.ts';
import { createLogs } from './node/logs.ts';
import { createMachines } from './node/machine.ts';
import type { NodeOptions } from './node/nodes.ts';
import { programs } from './node/programs.ts';
import { startScheduler } from './node/scheduler.ts';
import { startApache } from './operators/apache/index.ts';
import { startOperator } from './operators/kubeflow/run.ts';
import { throughWebhooks } from './operators/kubeflow/webhook.ts';
import { startRadanalytics } from './operators/radanalytics/index.ts';
import { createScenarios, type Scenarios } from './scenarios/index.ts';
import { settle } from './settle.ts';
import { createSparkPrograms } from './spark/programs.ts';
import { upgrades } from './streams/index.ts';
import { createTime } from './time.ts';
import type { World } from './world.ts';

export type { DemoApi } from './api/direct.ts';
export type { Operator } from './api/kinds.ts';
export type { Faults } from './faults/faults.ts';
export type { JsonObject } from './json.ts';
export type { NodeOptions } from './node/nodes.ts';

/** How the demo cluster is to be. Everything has a default. */
export interface DemoClusterOptions {
  /** Whose CRDs are installed, and who runs; all three by default. */
  operators?: Operator[];
  /** Namespaces besides default and kube-system; default `['analytics']`. */
  namespaces?: string[];
  /** Milliseconds from creating an application with two executors until COMPLETED; default 6,000. */
  runMilliseconds?: number;
  /** The machines; by default three of 8 cores and 32 GiB. */
  nodes?: NodeOptions;
  /** Whether the webhooks of the Kubeflow operator answer; default false, as in the recordings. */
  webhook?: boolean;
  /** Milliseconds between bookmarks of a watch; default 60,000. */
  bookmarkEvery?: number;
  /** Whether it has a history and work of its own from the start, as a cluster that is in use; default false. */
  livedIn?: boolean;
}

export interface DemoCluster {
  /** `https://127.0.0.1:<port>`. */
  url: string;
  /** The certificate that `url` is to be trusted by, PEM. */
  authority: string;
  /** Bearer token of the administrator. */
  token: string;
  /** Bearer token of `viewer`, who may read the namespace default. */
  viewerToken: string;
  /** Contexts `demo` (administrator), `demo-viewer` and `gone` (a port where nobody listens), as YAML. */
  kubeconfig(): string;
  api: DemoApi;
  faults: Faults;
  scenarios: Pick<Scenarios, 'play'>;
  /** Waits so many seconds of the cluster, which are longer where the machine is busy. */
  pace(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** A controller or an operator: starts to act on the world and returns how to stop. */
type Start = (world: World) => () => void;

/** Everyone who acts in the cluster besides the API server and the kubelet, in order of their start. */
const actors = (operators: Operator[]): Start[] => [
  startNamespaces,
  startGarbageCollector,
  startScheduler,
  startClaims,
  startJobs,
  startQuotas,
  ...(operators.includes('kubeflow') ? [startOperator] : []),
  ...(operators.includes('apache') ? [startApache] : []),
  ...(operators.includes('radanalytics') ? [startRadanalytics] : []),
];

/** Seconds a run of two executors takes on the real test cluster. */
const REAL_RUN_SECONDS = 42;

/** Starts a Kubernetes API server with simulated nodes, controllers and Spark operators on a free loopback port. */
export async function startDemoCluster(options: DemoClusterOptions = {}): Promise<DemoCluster> {
  const operators = options.operators ?? ['kubeflow', 'apache', 'radanalytics'];
  const world = createWorld(operators, options);
  settle(world, options.namespaces ?? ['analytics'], options.nodes ?? {});
  const spark = createSparkPrograms(world);
  const kubelet = startKubelet(world, programs(world, spark.start));
  const stops = actors(operators).map((start) => start(world));
  const faults = createFaults(world.time);
  const scenarios = createScenarios(world, faults);
  const token = newToken();
  const viewerToken = newToken();
  const identities = new Map([
    [token, administrator],
    [viewerToken, viewer],
  ]);
  const bookmarkEvery = options.bookmarkEvery ?? 60_000;
  if (options.livedIn) scenarios.liveIn();
  const server = await listen({ world, kubelet, faults, scenarios, identities, upgrades, bookmarkEvery });
  const { url, authority } = server;
  return {
    url,
    authority,
    token,
    viewerToken,
    kubeconfig: () => kubeconfigText(url, authority, token, viewerToken),
    api: directAccess(world.store, world.kinds),
    faults,
    scenarios,
    pace: world.time.pace,
    async close() {
      world.time.close();
      for (const stop of stops.reverse()) stop();
      kubelet.close();
      spark.close();
      await server.close();
    },
  };
}

function createWorld(operators: Operator[], options: DemoClusterOptions): World {
  const time = createTime((options.runMilliseconds ?? 6000) / REAL_RUN_SECONDS);
  const store = createStore(time);
  const world: World = {
    store,
    kinds: kindsOf(operators),
    events: createEvents(store, time),
    logs: createLogs(time),
    time,
    conditions: { webhook: options.webhook ?? false },
    machines: createMachines(),
    create: (kind, object, user) => createObject(world, kind, object, user),
    webhooks: (kind, object) => throughWebhooks(world, kind, object),
  };
  return world;
}
