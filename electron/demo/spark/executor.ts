import { pods } from '../api/kinds.ts';
import { at, isObject, listOf, nameOf, namespaceOf, textOf } from '../json.ts';
import { type ContainerPlace, exitSwitch, type Program } from '../node/program.ts';
import type { World } from '../world.ts';
import { mebibytes } from './conf.ts';
import { printed, type Throwable } from './failures.ts';
import type { ExecutorLink, SparkLinks } from './links.ts';
import { logLine } from './log-line.ts';
import { variableOf } from './pod-parts.ts';
import { startLife } from './process-life.ts';
import { inTask } from './stack-traces.ts';
import type { SparkLog } from './tasks.ts';

/** MiB that Java needs beside its heap; a container with less room is killed before the heap is full. */
const BESIDE_HEAP = 200;
/** Seconds from the driver's command until the process is gone; the driver deletes the pod within. */
const SHUTDOWN = 0.3;
/** Share of the heap that Java says it has, and Spark's reserve and share of that. */
const storageOf = (heap: number): number => Math.max(0, Math.round((heap * 0.9667 - 300) * 0.6 * 1024 * 1024));

/** The program of an executor pod: finds its driver, works for it, and ends when told or when the driver is gone. */
export function executor(
  world: Pick<World, 'store' | 'time'>,
  links: SparkLinks,
  { pod, container: name, write }: ContainerPlace,
): Program {
  const { exit, leave, left } = exitSwitch();
  const life = startLife(world.time);
  let leaving = false;
  const container =
    listOf(at(pod, 'spec', 'containers'))
      .filter(isObject)
      .find((one) => one.name === name) ?? {};
  const variable = (key: string): string => variableOf(container, key);
  const url = variable('SPARK_DRIVER_URL');
  const heap = mebibytes(variable('SPARK_EXECUTOR_MEMORY') || '1g');
  const limit = mebibytes(textOf(at(container, 'resources', 'limits', 'memory')).replace('i', '') || '1000g');
  const log: SparkLog = (logger, message, level) => write(logLine(world.time.now(), logger, message, level));

  const finish = (code: number, reason?: string): void => {
    if (left()) return;
    life.end();
    leave(reason === undefined ? { code } : { code, reason });
  };
  const goodbye = (code: number): void => {
    if (left()) return;
    log('MemoryStore', 'MemoryStore cleared');
    log('BlockManager', 'BlockManager stopped');
    log('ShutdownHookManager', 'Shutdown hook called');
    finish(code);
  };

  const link = (): ExecutorLink => {
    const live = world.store.get(pods, namespaceOf(pod), nameOf(pod)) ?? pod;
    const id = variable('SPARK_EXECUTOR_ID');
    return {
      id,
      pod: nameOf(pod),
      host: textOf(at(live, 'status', 'podIP')) || nameOf(pod),
      port: 35_000 + (Number(id) % 5000),
      cores: Number(variable('SPARK_EXECUTOR_CORES')) || 1,
      storage: storageOf(heap),
      began(task, number) {
        log('CoarseGrainedExecutorBackend', `Got assigned task ${number}`);
        log('Executor', `Running ${task}`);
      },
      ended: (task, bytes) => log('Executor', `Finished ${task}. ${bytes} bytes result sent to driver`),
      failed(task, _, error) {
        log('Executor', `Exception in ${task}`, 'ERROR');
        for (const line of error) write(line);
      },
      exhaust(task) {
        if (limit - heap < BESIDE_HEAP) {
          finish(137, 'OOMKilled');
          return null;
        }
        const frames = ['jobs.Job.fill(Job.java:82)', ...inTask('jobs.Job.lambda$main$2(Job.java:42)')];
        const thrown: Throwable = { exception: 'java.lang.OutOfMemoryError', message: 'Java heap space', frames };
        log('SparkUncaughtExceptionHandler', `Uncaught exception in thread Thread[Executor ${task},5,main]`, 'ERROR');
        for (const line of printed(thrown)) write(line);
        void life.wait(0.3).then(() => goodbye(52));
        return thrown;
      },
      alive: () => !left(),
      gone: exit,
      shutDown() {
        if (left() || leaving) return;
        leaving = true;
        log('CoarseGrainedExecutorBackend', 'Driver commanded a shutdown');
        void life.wait(SHUTDOWN).then(() => goodbye(0));
      },
      disconnected() {
        if (left()) return;
        const driver = url.replace(/^.*@/, '');
        log(
          'CoarseGrainedExecutorBackend',
          `Executor self-exiting due to : Driver ${driver} disassociated! Shutting down.`,
          'ERROR',
        );
        goodbye(1);
      },
    };
  };

  const run = async (): Promise<void> => {
    write("Using Spark's default log4j profile: org/apache/spark/log4j2-defaults.properties");
    log('KubernetesExecutorBackend', `Started daemon with process name: 16@${nameOf(pod)}`);
    for (const signal of ['TERM', 'HUP', 'INT']) log('SignalUtils', `Registering signal handler for ${signal}`);
    await life.wait(2);
    if (links.driver(url) === null) return lost();
    log(
      'TransportClientFactory',
      `Successfully created connection to ${url.replace(/^.*@/, '')} after 341 ms (0 ms spent in bootstraps)`,
    );
    await life.wait(4);
    log('CoarseGrainedExecutorBackend', `Connecting to driver: ${url}`);
    log('ResourceUtils', 'No custom resources configured for spark.executor.');
    const own = link();
    if (links.driver(url)?.register(own) !== true) return lost();
    log('CoarseGrainedExecutorBackend', 'Successfully registered with driver');
    log('Executor', `Starting executor ID ${own.id} on host ${own.host}`);
    log('Executor', 'Java version 17.0.19');
    log('BlockManager', `Initialized BlockManager: BlockManagerId(${own.id}, ${own.host}, ${own.port}, None)`);
  };
  const lost = (): void => {
    const host = url.replace(/^.*@/, '').replace(/:\d+$/, '');
    write('Exception in thread "main" java.lang.reflect.UndeclaredThrowableException');
    write('\tat org.apache.spark.deploy.SparkHadoopUtil.runAsSparkUser(SparkHadoopUtil.scala:61)');
    write('\tat org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend$.main(KubernetesExecutorBackend.scala:71)');
    write(`Caused by: java.io.IOException: Failed to connect to ${url.replace(/^.*@/, '')}`);
    write(`Caused by: java.net.UnknownHostException: ${host}`);
    finish(1);
  };
  void run();

  const command = `/opt/java/bin/java -Xmx${heap}m org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend --driver-url ${url}`;
  return {
    exit,
    terminate() {
      // Told by its driver, it is on its way out with 0 already.
      if (left() || leaving) return;
      log('CoarseGrainedExecutorBackend', 'RECEIVED SIGNAL TERM', 'ERROR');
      goodbye(143);
    },
    kill: () => finish(137),
    connect: () => null,
    processes: () => [
      { pid: 1, user: '185', command: `tini -s -- ${command}` },
      { pid: 16, user: '185', command },
    ],
  };
}
