import { ApiError } from '../api/status.ts';
import { uidOf } from '../json.ts';
import type { World } from '../world.ts';
import { countOf, flagOf, settingOf } from './conf.ts';
import { createDag } from './dag.ts';
import type { DriverSettings } from './driver-settings.ts';
import { watchDemand } from './dynamic-allocation.ts';
import { driverUrl } from './executor-pod.ts';
import { API_SERVER, createExecutors } from './executors.ts';
import { JobFailed } from './failures.ts';
import type { JobPlan } from './jobs.ts';
import type { SparkLinks } from './links.ts';
import type { ProcessLife } from './process-life.ts';
import { inMain, startingContext } from './stack-traces.ts';
import { type ApplicationStatus, emptyStatus } from './status.ts';
import { clientException, refusal } from './submit/refusal.ts';
import { createTaskScheduler, type SparkLog } from './tasks.ts';
import { type SparkUi, startSparkUi } from './ui/serve.ts';

/** What a SparkContext needs of the process it lives in. */
export interface ContextPlace {
  world: World;
  links: SparkLinks;
  settings: DriverSettings;
  life: ProcessLife;
  log: SparkLog;
  print(lines: string[]): void;
  /** Executors failed too often: the process is to end with exit code 11. */
  onTooManyFailures(): void;
}

/** A running SparkContext. */
export interface SparkContext {
  status: ApplicationStatus;
  ui: SparkUi | null;
  /** Brings it up: web UI, then executors. Throws `JobFailed` where the API server refuses. */
  start(): Promise<void>;
  run(plan: JobPlan): Promise<void>;
  /** False before the executors are there, and after the end. */
  ready(): boolean;
  begun(): boolean;
  stopped(): boolean;
  /** Takes everything down, web UI first; `hold`: seconds that the executors keep it waiting. Does nothing the second time. */
  stop(hold?: number): Promise<void>;
  /** The process is killed: nobody says goodbye. */
  vanish(): void;
}

export function createContext(place: ContextPlace): SparkContext {
  const { world, settings, life, log, print } = place;
  const { conf } = settings;
  const now = () => world.time.now();
  const status = emptyStatus();
  const tasks = createTaskScheduler({ log, print, now, life }, status, countOf(conf, 'spark.task.maxFailures', 4));
  const executors = createExecutors({ ...place, status, tasks });
  const run = createDag({ log, print, now }, status, tasks);
  const address = driverUrl(settings);
  let state: 'new' | 'starting' | 'ready' | 'stopped' = 'new';
  let closeLink: () => void = () => undefined;
  let stopWatching: () => void = () => undefined;

  const context: SparkContext = {
    status,
    ui: null,
    ready: () => state === 'ready',
    begun: () => state !== 'new',
    stopped: () => state === 'stopped',
    run,
    async start() {
      state = 'starting';
      const startedAt = now();
      log('SparkContext', `Running Spark version ${settings.version}`);
      log('SparkContext', 'Java version 17.0.19');
      log('SparkContext', `Submitted application: ${settings.program.name}`);
      await life.wait(1);
      log('Utils', `Successfully started service 'sparkDriver' on port ${settings.rpcPort}.`);
      for (const part of ['MapOutputTracker', 'BlockManagerMaster', 'OutputCommitCoordinator'])
        log('SparkEnv', `Registering ${part}`);
      if (flagOf(conf, 'spark.ui.enabled', true)) {
        log('JettyUtils', `Start Jetty 0.0.0.0:${settings.uiPort} for SparkUI`);
        context.ui = startSparkUi({ settings, status, startedAt, now, attached: () => state !== 'new' && attached });
        await life.wait(1);
        log('Utils', `Successfully started service 'SparkUI' on port ${settings.uiPort}.`);
      }
      log('SparkContext', `Added JAR ${settings.resource} with timestamp ${startedAt}`);
      log('SparkKubernetesClientFactory', 'Auto-configuring K8S client using current context from users K8S config file');
      await life.wait(3);
      const count = initialExecutors(settings);
      closeLink = place.links.listen(address, uidOf(settings.pod), executors);
      await executors.start(count).catch(giveUp(settings));
      attached = true;
      await life.wait(1);
      log('Utils', "Successfully started service 'org.apache.spark.network.netty.NettyBlockTransferService' on port 7079.");
      log('BlockManager', `Initialized BlockManager: BlockManagerId(driver, ${settings.host}, 7079, None)`);
      stopWatching = watchDemand({ conf, executors, tasks, status, log, life });
      await executors.ready();
      state = 'ready';
    },
    async stop(hold = 0) {
      log('SparkContext', 'SparkContext is stopping with exitCode 0.');
      if (state === 'stopped') {
        log('SparkContext', 'SparkContext already stopped.');
        return;
      }
      state = 'stopped';
      context.ui?.close();
      if (context.ui !== null) log('SparkUI', `Stopped Spark web UI at http://${settings.host}:${settings.uiPort}`);
      context.ui = null;
      stopWatching();
      log('KubernetesClusterSchedulerBackend', 'Shutting down all executors');
      log('KubernetesClusterSchedulerBackend$KubernetesDriverEndpoint', 'Asking each executor to shut down');
      executors.stop();
      if (hold > 0) await world.time.pace(hold);
      closeLink();
      log('ExecutorPodsWatchSnapshotSource', 'Kubernetes client has been closed.', 'WARN');
      await world.time.pace(0.3);
      log('MapOutputTrackerMasterEndpoint', 'MapOutputTrackerMasterEndpoint stopped!');
      log('MemoryStore', 'MemoryStore cleared');
      log('BlockManager', 'BlockManager stopped');
      log('SparkContext', 'Successfully stopped SparkContext');
    },
    vanish() {
      state = 'stopped';
      context.ui?.close();
      context.ui = null;
      stopWatching();
      closeLink();
      executors.vanish();
    },
  };
  let attached = false;
  return context;
}

function initialExecutors({ conf }: DriverSettings): number {
  const set = countOf(conf, 'spark.executor.instances', 2);
  if (!flagOf(conf, 'spark.dynamicAllocation.enabled', false)) return set;
  const least = countOf(conf, 'spark.dynamicAllocation.minExecutors', 0);
  const initial = countOf(conf, 'spark.dynamicAllocation.initialExecutors', least);
  return Math.max(least, initial, settingOf(conf, 'spark.executor.instances') === '' ? 0 : set);
}

/** A refusal at the start ends the context (spark-measured, points 33 and 38). */
const giveUp =
  ({ namespace, user }: DriverSettings) =>
  (error: unknown): never => {
    if (!(error instanceof ApiError)) throw error;
    const message = clientException(error, 'configmaps', { master: API_SERVER, namespace, user });
    throw new JobFailed({
      exception: 'org.apache.spark.SparkException',
      message: 'External scheduler cannot be instantiated',
      frames: [...startingContext, ...inMain('jobs.Job.main(Job.java:30)')],
      cause: refusal(message, [
        'org.apache.spark.scheduler.cluster.k8s.KubernetesClusterSchedulerBackend.start(KubernetesClusterSchedulerBackend.scala:146)',
      ]),
    });
  };
