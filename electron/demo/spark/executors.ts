import { configMaps } from '../api/kinds.ts';
import { labelsOf, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { countOf, flagOf, secondsOf } from './conf.ts';
import { driverClient } from './driver-client.ts';
import type { DriverSettings } from './driver-settings.ts';
import { type ExecutorLoss, lossOf } from './executor-loss.ts';
import { executorConfigMap, executorNames } from './executor-pod.ts';
import { createRequests } from './executor-requests.ts';
import type { DriverLink, ExecutorLink } from './links.ts';
import type { ProcessLife } from './process-life.ts';
import type { ApplicationStatus, ExecutorStatus } from './status.ts';
import type { SparkLog, TaskScheduler } from './tasks.ts';

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

/** What the executors' side of a context needs of the rest. */
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

const BACKEND = 'KubernetesClusterSchedulerBackend';
/** Share of the executors that must be there before the first job begins. */
const ENOUGH = 0.8;

/** None are asked for before `start`. */
export function createExecutors(place: ExecutorsPlace): Executors {
  const { world, settings, log, life, status, tasks } = place;
  const { conf } = settings;
  const names = executorNames(settings, world.time.now());
  const client = driverClient(world, settings);
  const requests = createRequests(place, client, settings, names);
  const { known } = requests;
  const deletes = flagOf(conf, 'spark.kubernetes.executor.deleteOnTermination', true);
  const maxFailures = maxFailuresOf(settings);
  const timeout = secondsOf(conf, 'spark.network.timeout', 120);
  let wanted = 0;
  let failures = 0;
  let stopped = false;
  let onReady: () => void = () => undefined;

  const registered = (): number => [...known.values()].filter(({ link }) => link !== null).length;

  /** Takes one out of everything that counts it. */
  const remove = (id: string, reason: string): void => {
    known.delete(id);
    const executor = status.executors.get(id);
    if (executor === undefined) return;
    executor.removedAt = world.time.now();
    executor.removeReason = reason;
  };

  const lose = (id: string, { reason, counts }: ExecutorLoss): void => {
    const pod = known.get(id)?.pod ?? '';
    remove(id, reason);
    const executor = status.executors.get(id);
    if (executor !== undefined) {
      log('TaskSchedulerImpl', `Lost executor ${id} on ${executor.host}: ${reason}`, 'ERROR');
      log('DAGScheduler', `Executor lost: ${id} (epoch ${failures})`);
      log('BlockManagerMaster', `Removed ${id} successfully in removeExecutor`);
    }
    if (deletes) client.deletePod(pod);
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
    requests.replenish();
  };

  /** A pod whose node is lost is not said to have ended: its executor is missed by its heartbeats. */
  const listenFor = async (link: ExecutorLink): Promise<void> => {
    await link.gone;
    await life.wait(timeout);
    if (known.get(link.id)?.link !== link || stopped) return;
    const limit = `${timeout * 1000} ms`;
    log('HeartbeatReceiver', `Removing executor ${link.id} with no recent heartbeats: ${limit} exceeds timeout ${limit}`, 'WARN');
    lose(link.id, { reason: `Executor heartbeat timed out after ${limit}`, counts: false });
  };

  const takeIn = async (link: ExecutorLink): Promise<void> => {
    const peer = `NettyRpcEndpointRef(spark-client://Executor) (${link.host}:${link.port + 2})`;
    log(`${BACKEND}$KubernetesDriverEndpoint`, `Registered executor ${peer} with ID ${link.id},  ResourceProfileId 0`);
    const executor = newExecutor(link, world.time.now());
    status.executors.set(link.id, executor);
    const storage = `${(link.storage / 1024 / 1024).toFixed(1)} MiB RAM`;
    const manager = `BlockManagerId(${link.id}, ${link.host}, ${link.port}, None)`;
    log('BlockManagerMasterEndpoint', `Registering block manager ${link.host}:${link.port} with ${storage}, ${manager}`);
    if (registered() >= wanted) onReady();
    void listenFor(link);
    await life.wait(0.5);
    if (known.get(link.id)?.link === link) tasks.executorAdded(link, executor);
  };

  return {
    async start(count) {
      wanted = Math.ceil(count * ENOUGH);
      client.ownPod();
      client.create(configMaps, executorConfigMap(settings, names, world.time.now()));
      await life.wait(0.4);
      requests.want(count);
    },
    request: requests.want,
    release(id) {
      const here = known.get(id);
      if (here === undefined) return;
      log(BACKEND, `Actual list of executor(s) to be killed is ${id}`);
      remove(id, 'Executor killed by driver.');
      requests.want(known.size);
      tasks.executorLost(id, 'Executor killed by driver.');
      here.link?.shutDown();
      if (deletes) client.deletePod(here.pod);
    },
    async ready() {
      const enough = new Promise<string>((resolve) => {
        onReady = () => resolve(`after reached minRegisteredResourcesRatio: ${ENOUGH}`);
      });
      const most = secondsOf(conf, 'spark.scheduler.maxRegisteredResourcesWaitingTime', 30);
      const late = life.wait(most).then(() => `after waiting maxRegisteredResourcesWaitingTime: ${most * 1_000_000_000}(ns)`);
      if (registered() >= wanted) onReady();
      log(BACKEND, `SchedulerBackend is ready for scheduling beginning ${await Promise.race([enough, late])}`);
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
      const id = textOf(labelsOf(pod)['spark-exec-id']);
      const loss = known.has(id) && !stopped ? lossOf(pod, gone) : null;
      if (loss !== null) lose(id, loss);
    },
    stop() {
      stopped = true;
      requests.stop();
      for (const { link } of known.values()) link?.shutDown();
      if (deletes) for (const { pod } of known.values()) client.deletePod(pod);
      client.deleteRest(names.configuration);
    },
    vanish() {
      stopped = true;
      requests.stop();
      for (const { link } of known.values()) link?.disconnected();
    },
  };
}

/** `spark.executor.maxNumFailures`: by default two for each executor there may be, three at least. */
function maxFailuresOf({ conf }: DriverSettings): number {
  const dynamic = flagOf(conf, 'spark.dynamicAllocation.enabled', false);
  const most = dynamic
    ? countOf(conf, 'spark.dynamicAllocation.maxExecutors', Number.MAX_SAFE_INTEGER / 2)
    : countOf(conf, 'spark.executor.instances', 2);
  return countOf(conf, 'spark.executor.maxNumFailures', Math.max(3, 2 * most));
}

function newExecutor({ id, host, port, cores, storage }: ExecutorLink, addedAt: number): ExecutorStatus {
  const counts = { active: 0, completed: 0, failed: 0, runTime: 0, read: 0, written: 0 };
  return { id, host, port, cores, storage, addedAt, removedAt: null, removeReason: null, ...counts };
}
