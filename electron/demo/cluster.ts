import { administrator, viewer } from './api/access.ts';
import { admit, furnish } from './api/admission.ts';
import { type Kind, kindsOf, namespaces, nodes, type Operator, serviceAccounts } from './api/kinds.ts';
import { collectGarbage, end } from './api/removal.ts';
import { listen, newToken } from './api/server.ts';
import { createStore, type Store } from './api/store.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import type { JsonObject } from './json.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { createEvents } from './node/events.ts';
import { NODE, startKubelet } from './node/kubelet.ts';
import { createLogs } from './node/logs.ts';
import { programs } from './node/programs.ts';
import { startOperator } from './operators/kubeflow/run.ts';
import { driver } from './spark/driver.ts';
import { createTime } from './time.ts';
import type { World } from './world.ts';

export type { Operator } from './api/kinds.ts';
export type { Faults } from './faults/faults.ts';
export type { JsonObject } from './json.ts';

/** How the demo cluster is to be. Everything has a default. */
export interface DemoClusterOptions {
  /** Whose CRDs are installed; all three by default. Only Kubeflow's applications are run. */
  operators?: Operator[];
  /** Namespaces besides default and kube-system; default `['analytics']`. */
  namespaces?: string[];
  /** Milliseconds from creating an application with two executors until COMPLETED; default 6,000. */
  runMilliseconds?: number;
  /** CPU of the one node in millicores; default 16,000. */
  nodeMillicores?: number;
  /** Whether the webhooks of the Kubeflow operator answer; default false, as in the recordings. */
  webhook?: boolean;
  /** Milliseconds between bookmarks of a watch; default 60,000. */
  bookmarkEvery?: number;
}

/** Direct access to what the cluster holds, past the HTTP layer; watches see these writes too. */
export interface DemoApi {
  get(plural: string, namespace: string, name: string): JsonObject | null;
  list(plural: string, namespace?: string): JsonObject[];
  /** Writes a whole object as it is, new or not, without validation. */
  put(plural: string, object: JsonObject): JsonObject;
  /** Deletes as the API would; false when there is none. */
  remove(plural: string, namespace: string, name: string): boolean;
  /** Forgets all history: every earlier resourceVersion and continue token is 410 from now on. */
  compact(): void;
}

export interface DemoCluster {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  /** Bearer token of the administrator. */
  token: string;
  /** Bearer token of `viewer`, who may read the namespace default. */
  viewerToken: string;
  /** Contexts `demo` (administrator), `demo-viewer` and `gone` (a port where nobody listens), as YAML. */
  kubeconfig(): string;
  api: DemoApi;
  faults: Faults;
  close(): Promise<void>;
}

/** Seconds a run of two executors takes on the real test cluster. */
const REAL_RUN_SECONDS = 42;

/** Starts a Kubernetes API server with a simulated node and Spark operator on a free loopback port. */
export async function startDemoCluster(options: DemoClusterOptions = {}): Promise<DemoCluster> {
  const kinds = kindsOf(options.operators ?? ['kubeflow', 'apache', 'radanalytics']);
  const time = createTime((options.runMilliseconds ?? 6000) / REAL_RUN_SECONDS);
  const store = createStore(time);
  const world: World = {
    store,
    kinds,
    events: createEvents(store, time, NODE),
    logs: createLogs(time),
    time,
    conditions: { webhook: options.webhook ?? false },
    create: (kind, object) => store.put(kind, admit(store, kind, object)),
  };
  const millicores = options.nodeMillicores ?? 16_000;
  settle(store, options.namespaces ?? ['analytics'], millicores);
  const stopCollecting = collectGarbage(store, kinds);
  const kubelet = startKubelet(
    world,
    programs(world, (place) => driver(world, place)),
    millicores,
  );
  const stopOperator = startOperator(world);
  const faults = createFaults();
  const token = newToken();
  const viewerToken = newToken();
  const identities = new Map([
    [token, administrator],
    [viewerToken, viewer],
  ]);
  const { server, port } = await listen({ world, kubelet, faults, identities, bookmarkEvery: options.bookmarkEvery ?? 60_000 });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    token,
    viewerToken,
    kubeconfig: () => kubeconfigText(url, token, viewerToken),
    api: directAccess(store, kinds),
    faults,
    async close() {
      time.close();
      stopOperator();
      stopCollecting();
      kubelet.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      faults.now({}, 'reset');
      await closed;
    },
  };
}

/** What is there before anyone comes: namespaces with their ServiceAccounts, and the node. */
function settle(store: Store, more: string[], millicores: number): void {
  for (const name of ['default', 'kube-system', ...more]) {
    store.put(namespaces, admit(store, namespaces, { kind: 'Namespace', apiVersion: 'v1', metadata: { name } }));
    furnish(store, name);
    if (name === 'kube-system') continue;
    store.put(serviceAccounts, { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name: 'spark', namespace: name } });
  }
  const resources = { cpu: `${millicores}m`, memory: '64Gi', pods: '110' };
  store.put(nodes, {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: { name: NODE, labels: { 'kubernetes.io/hostname': NODE } },
    spec: {},
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
    },
  });
  store.compact();
}

function directAccess(store: Store, kinds: Kind[]): DemoApi {
  const kindOf = (plural: string): Kind => {
    const [name, ...group] = plural.split('.');
    const wanted = group.join('.');
    const found = kinds.find((kind) => kind.plural === name && (wanted === '' || kind.group === wanted));
    if (found === undefined) throw new Error(`no kind ${plural}`);
    return found;
  };
  return {
    get: (plural, namespace, name) => store.get(kindOf(plural), namespace, name),
    list: (plural, namespace) => store.list(kindOf(plural), namespace ?? null),
    put: (plural, object) => store.put(kindOf(plural), object),
    remove(plural, namespace, name) {
      const kind = kindOf(plural);
      const live = store.get(kind, namespace, name);
      if (live !== null) end(store, kind, live);
      return live !== null;
    },
    compact: () => store.compact(),
  };
}
