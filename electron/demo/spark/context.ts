import { uidOf } from '../json.ts';
import type { World } from '../world.ts';
import { countOf, flagOf, type SparkConf, settingOf } from './conf.ts';
import { createDag } from './dag.ts';
import { RequestRefused } from './driver-client.ts';
import type { DriverSettings } from './driver-settings.ts';
import { watchDemand } from './dynamic-allocation.ts';
import { driverUrl } from './executor-pod.ts';
import { createExecutors } from './executors.ts';
import { JobFailed } from './failures.ts';
import type { JobPlan } from './jobs.ts';
import type { SparkLinks } from './links.ts';
import { heapOf } from './pod-parts.ts';
import type { ProcessLife } from './process-life.ts';
import { creatingScheduler, inMain, startingContext } from './stack-traces.ts';
import { type ApplicationStatus, emptyStatus } from './status.ts';
import { refusal } from './submit/refusal.ts';
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

/** A context that is yet to be started. */
export function createContext(place: ContextPlace): SparkContext {
  const { world, settings, life, log, print } = place;
  const { conf } = settings;
  const now = () => world.time.now();
  const status = emptyStatus();
  const tasks = createTaskScheduler({ log, print, now, life }, status, countOf(conf, 'spark.task.maxFailures', 4));
  const executors = createExecutors({ ...place, status, tasks });
  let state: 'new' | 'starting' | 'allocating' | 'ready' | 'stopped' = 'new';
  let allocated = false;
  const closers: (() => void)[] = [];
  const close = (): void => {
    for (const closer of closers.splice(0)) closer();
  };

  const context: SparkContext = {
    status,
    ui: null,
    ready: () => state === 'ready',
    begun: () => state !== 'new',
    stopped: () => state === 'stopped',
    run: createDag({ log, print, now }, status, tasks),
    async start() {
      state = 'starting';
      const startedAt = now();
      await openEnvironment(place);
      if (flagOf(conf, 'spark.ui.enabled', true)) {
        context.ui = startSparkUi({ settings, status, startedAt, now, attached: () => allocated });
        log('JettyUtils', `Start Jetty 0.0.0.0:${settings.uiPort} for SparkUI`);
        await life.wait(1);
        log('Utils', `Successfully started service 'SparkUI' on port ${settings.uiPort}.`);
      }
      log('SparkContext', `Added JAR ${settings.resource} with timestamp ${startedAt}`);
      log('SparkKubernetesClientFactory', 'Auto-configuring K8S client using current context from users K8S config file');
      await life.wait(3);
      closers.push(place.links.listen(driverUrl(settings), uidOf(settings.pod), executors));
      await executors.start(initialExecutors(conf)).catch(giveUp);
      state = 'allocating';
      allocated = true;
      await life.wait(1);
      const blockPort = settingOf(conf, 'spark.driver.blockManager.port') || '7079';
      log(
        'Utils',
        `Successfully started service 'org.apache.spark.network.netty.NettyBlockTransferService' on port ${blockPort}.`,
      );
      log('BlockManager', `Initialized BlockManager: BlockManagerId(driver, ${settings.host}, ${blockPort}, None)`);
      closers.push(watchDemand({ conf, executors, tasks, status, log, life }));
      await executors.ready();
      state = 'ready';
    },
    async stop(hold = 0) {
      log('SparkContext', 'SparkContext is stopping with exitCode 0.');
      if (state === 'stopped') return log('SparkContext', 'SparkContext already stopped.');
      state = 'stopped';
      if (context.ui !== null) log('SparkUI', `Stopped Spark web UI at http://${settings.host}:${settings.uiPort}`);
      context.ui?.close();
      context.ui = null;
      if (allocated) {
        log('KubernetesClusterSchedulerBackend', 'Shutting down all executors');
        log('KubernetesClusterSchedulerBackend$KubernetesDriverEndpoint', 'Asking each executor to shut down');
        executors.stop();
        if (hold > 0) await world.time.pace(hold);
        log('ExecutorPodsWatchSnapshotSource', 'Kubernetes client has been closed.', 'WARN');
      }
      close();
      await world.time.pace(0.3);
      for (const part of ['MapOutputTrackerMasterEndpoint', 'BlockManager', 'BlockManagerMaster']) log(part, `${part} stopped`);
      log('MemoryStore', 'MemoryStore cleared');
      log('SparkContext', 'Successfully stopped SparkContext');
    },
    vanish() {
      state = 'stopped';
      context.ui?.close();
      context.ui = null;
      close();
      executors.vanish();
    },
  };
  return context;
}

/** `SparkEnv`: what is there before web UI and executors. */
async function openEnvironment({ settings, life, log }: ContextPlace): Promise<void> {
  const { conf, program } = settings;
  const amounts = `Map(cores -> name: cores, amount: ${settingOf(conf, 'spark.executor.cores') || '1'}, memory -> name: memory, amount: ${heapOf(conf, 'executor')})`;
  log('SparkContext', `Running Spark version ${settings.version}`);
  log('SparkContext', 'Java version 17.0.19');
  log('ResourceUtils', 'No custom resources configured for spark.driver.');
  log('SparkContext', `Submitted application: ${program.name}`);
  log(
    'ResourceProfile',
    `Default ResourceProfile created, executor resources: ${amounts}, task resources: Map(cpus -> name: cpus, amount: 1.0)`,
  );
  await life.wait(1);
  log('Utils', `Successfully started service 'sparkDriver' on port ${settings.rpcPort}.`);
  for (const part of ['MapOutputTracker', 'BlockManagerMaster', 'OutputCommitCoordinator'])
    log('SparkEnv', `Registering ${part}`);
  log('DiskBlockManager', `Created local directory at ${settings.scratch}/blockmgr-${crypto.randomUUID()}`);
}

/** How many executors a context begins with. */
function initialExecutors(conf: SparkConf): number {
  const set = countOf(conf, 'spark.executor.instances', 2);
  if (!flagOf(conf, 'spark.dynamicAllocation.enabled', false)) return set;
  const least = countOf(conf, 'spark.dynamicAllocation.minExecutors', 0);
  const initial = countOf(conf, 'spark.dynamicAllocation.initialExecutors', least);
  return Math.max(least, initial, settingOf(conf, 'spark.executor.instances') === '' ? 0 : set);
}

/** A refusal at the start ends the context (spark-measured, points 33 and 38). */
function giveUp(error: unknown): never {
  if (!(error instanceof RequestRefused)) throw error;
  throw new JobFailed({
    exception: 'org.apache.spark.SparkException',
    message: 'External scheduler cannot be instantiated',
    frames: [...startingContext, ...inMain('jobs.Job.main(Job.java:30)')],
    cause: refusal(error.message, creatingScheduler),
  });
}
