import { authorise, identityOf } from '../api/access.ts';
import { configMaps, pods, services } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { ApiError } from '../api/status.ts';
import { type JsonObject, labelsOf, nameOf, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { countOf, flagOf, secondsOf } from './conf.ts';
import type { DriverSettings } from './driver-settings.ts';
import { lossOf } from './executor-loss.ts';
import { executorConfigMap, executorNames, executorPod } from './executor-pod.ts';
import { printed } from './failures.ts';
import type { DriverLink, ExecutorLink } from './links.ts';
import type { ProcessLife } from './process-life.ts';
import { allocating } from './stack-traces.ts';
import type { ApplicationStatus, ExecutorStatus } from './status.ts';
import { clientException, refusal } from './submit/refusal.ts';
import type { SparkLog, TaskScheduler } from './tasks.ts';

/** Where a driver's own client finds the API server. */
export const API_SERVER = 'https://kubernetes.default.svc';

/** A request of the driver's client that the API server refused; the message is the client's. */
export class RequestRefused extends Error {}

/** The executors of one SparkContext: asks for their pods, takes them in, and replaces the lost. */
export interface Executors extends DriverLink {
  /** Makes what executors mount, and goes on to ask for `target` of them. Throws `RequestRefused`. */
  start(target: number): Promise<void>;
  /** From now on there are to be so many. */
  request(target: number): void;
  /** Lets go of one that has nothing to do. */
  release(id: string): void;
  /** Resolves when enough of them are there to begin, or it took too long. */
  ready(): Promise<void>;
  count(): number;
  /** Commands all of them to shut down and deletes what was made for them. */
  stop(): void;
  /** The driver is gone without a word. */
  vanish(): void;
}

export interface ExecutorsPlace {
  world: World;
  settings: DriverSettings;
  log: SparkLog;
  print(lines: string[]): void;
  life: ProcessLife;
  status: ApplicationStatus;
  tasks: TaskScheduler;
  /** More executors failed than `spark.executor.maxNumFailures` allows. */
  onTooManyFailures(): void;
}

export function createExecutors(place: ExecutorsPlace): Executors {
  const { world, settings, log, print, life, status, tasks } = place;
  const { conf, namespace, user } = settings;
  const names = executorNames(settings, world.time.now());
  const batch = countOf(conf, 'spark.kubernetes.allocation.batch.size', 5);
  const delay = secondsOf(conf, 'spark.kubernetes.allocation.batch.delay', 1);
  const deletes = flagOf(conf, 'spark.kubernetes.executor.deleteOnTermination', true);
  /** Pods by executor id; null while the executor has not registered. */
  const known = new Map<string, { pod: string; link: ExecutorLink | null }>();
  let target = 0;
  let wanted = 0;
  let lastId = 0;
  let failures = 0;
  let busy = false;
  let stopped = false;
  let onReady: () => void = () => undefined;

  const maxFailures = countOf(
    conf,
    'spark.executor.maxNumFailures',
    Math.max(3, 2 * countOf(conf, 'spark.executor.instances', 2)),
  );
  const registered = (): number => [...known.values()].filter(({ link }) => link !== null).length;

  /** What the driver's client asks of the API server, with the rights of the pod's account. */
  const asClient = (request: string, act: () => unknown): void => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new RequestRefused(clientException(error, request, { master: API_SERVER, namespace, user }));
    }
  };

  const ask = async (): Promise<void> => {
    const missing = target - known.size;
    const many = `target: ${target}, known: ${known.size}, sharedSlotFromPendingPods: 2147483647.`;
    log(
      'ExecutorPodsAllocator',
      `Going to request ${Math.min(missing, batch)} executors from Kubernetes for ResourceProfile Id: 0, ${many}`,
    );
    log('ExecutorPodsAllocator', 'Found 0 reusable PVCs from 0 PVCs');
    for (let index = 0; index < Math.min(missing, batch); index += 1) {
      lastId += 1;
      const id = String(lastId);
      log('BasicExecutorFeatureStep', 'Decommissioning not enabled, skipping shutdown script');
      known.set(id, { pod: `${names.prefix}-exec-${id}`, link: null });
      try {
        asClient('POST pods', () => world.create(pods, executorPod(settings, names, lastId), user));
      } catch (error) {
        known.delete(id);
        if (!(error instanceof RequestRefused)) throw error;
        log('ExecutorPodsSnapshotsStoreImpl', 'Exception when notifying snapshot subscriber.', 'WARN');
        print(printed(refusal(error.message, allocating)));
        return;
      }
      await life.wait(0.3);
    }
  };

  /** Asks in batches until there are as many as wanted; refusals are tried again for ever, as Spark does. */
  const keepUp = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (known.size < target && !stopped) {
      await ask();
      if (known.size < target) await life.wait(delay);
    }
    busy = false;
  };

  const lose = (id: string, { reason, counts }: { reason: string; counts: boolean }, pod: JsonObject): void => {
    const lost = known.get(id);
    if (lost === undefined || stopped) return;
    known.delete(id);
    const executor = status.executors.get(id);
    if (executor !== undefined) {
      executor.removedAt = world.time.now();
      executor.removeReason = reason;
      log('TaskSchedulerImpl', `Lost executor ${id} on ${executor.host}: ${reason}`, 'ERROR');
      log('DAGScheduler', `Executor lost: ${id} (epoch ${failures})`);
      log('BlockManagerMaster', `Removed ${id} successfully in removeExecutor`);
    }
    const live = world.store.get(pods, namespace, nameOf(pod));
    if (deletes && live !== null) end(world.store, pods, live);
    if (counts) {
      failures += 1;
      log('ExecutorPodsAllocator', '1 new failed executors.', 'WARN');
    }
    if (failures > maxFailures) {
      log('ExecutorPodsAllocator', `Max number of executor failures (${maxFailures}) reached`, 'ERROR');
      place.onTooManyFailures();
      return;
    }
    tasks.executorLost(id, reason);
    void keepUp();
  };

  const takeIn = async (link: ExecutorLink): Promise<void> => {
    const endpoint = 'KubernetesClusterSchedulerBackend$KubernetesDriverEndpoint';
    const peer = `NettyRpcEndpointRef(spark-client://Executor) (${link.host}:${link.port + 2})`;
    log(endpoint, `Registered executor ${peer} with ID ${link.id},  ResourceProfileId 0`);
    const executor = newExecutor(link, world.time.now());
    status.executors.set(link.id, executor);
    const mebi = `${(link.storage / 1024 / 1024).toFixed(1)} MiB RAM`;
    const manager = `BlockManagerId(${link.id}, ${link.host}, ${link.port}, None)`;
    log('BlockManagerMasterEndpoint', `Registering block manager ${link.host}:${link.port} with ${mebi}, ${manager}`);
    if (registered() >= wanted) onReady();
    await life.wait(0.5);
    if (known.get(link.id)?.link === link) tasks.executorAdded(link, executor);
  };

  return {
    async start(count) {
      wanted = Math.ceil(count * 0.8);
      target = count;
      const driver = nameOf(settings.pod);
      const own = { verb: 'get', group: '', resource: 'pods', namespace, name: driver };
      asClient(`GET pods/${driver}`, () => authorise(world, identityOf(user), pods, own));
      asClient('POST configmaps', () => world.create(configMaps, executorConfigMap(settings, names, world.time.now()), user));
      await life.wait(0.4);
      void keepUp();
    },
    request(count) {
      target = count;
      void keepUp();
    },
    release(id) {
      const here = known.get(id);
      if (here === undefined) return;
      known.delete(id);
      target = known.size;
      log('KubernetesClusterSchedulerBackend', `Actual list of executor(s) to be killed is ${id}`);
      const executor = status.executors.get(id);
      if (executor !== undefined) {
        executor.removedAt = world.time.now();
        executor.removeReason = 'Executor killed by driver.';
      }
      tasks.executorLost(id, 'Executor killed by driver.');
      here.link?.shutDown();
      const pod = world.store.get(pods, namespace, here.pod);
      if (deletes && pod !== null) end(world.store, pods, pod);
    },
    async ready() {
      const backend = 'KubernetesClusterSchedulerBackend';
      const enough = new Promise<string>((resolve) => {
        onReady = () => resolve('after reached minRegisteredResourcesRatio: 0.8');
      });
      const most = secondsOf(conf, 'spark.scheduler.maxRegisteredResourcesWaitingTime', 30);
      const late = life.wait(most).then(() => `after waiting maxRegisteredResourcesWaitingTime: ${most * 1_000_000_000}(ns)`);
      if (registered() >= wanted) onReady();
      log(backend, `SchedulerBackend is ready for scheduling beginning ${await Promise.race([enough, late])}`);
    },
    count: () => known.size,
    register(link) {
      const here = known.get(link.id);
      if (here === undefined || stopped) return false;
      here.link = link;
      void takeIn(link);
      return true;
    },
    podChanged(pod, gone) {
      const loss = lossOf(pod, gone);
      if (loss !== null) lose(textOf(labelsOf(pod)['spark-exec-id']), loss, pod);
    },
    stop() {
      stopped = true;
      const { store } = world;
      for (const { link } of known.values()) link?.shutDown();
      for (const service of store.list(services, namespace)) {
        if (labelsOf(service)['spark-app-selector'] === settings.applicationId) store.remove(services, service);
      }
      for (const { pod } of known.values()) {
        const live = store.get(pods, namespace, pod);
        if (deletes && live !== null) end(store, pods, live);
      }
      const configuration = store.get(configMaps, namespace, names.configuration);
      if (configuration !== null) store.remove(configMaps, configuration);
    },
    vanish() {
      stopped = true;
      for (const { link } of known.values()) link?.disconnected();
    },
  };
}

function newExecutor({ id, host, port, cores, storage }: ExecutorLink, addedAt: number): ExecutorStatus {
  const counts = { active: 0, completed: 0, failed: 0, runTime: 0, read: 0, written: 0 };
  return { id, host, port, cores, storage, addedAt, removedAt: null, removeReason: null, ...counts };
}
