import { admit } from '../api/admission.ts';
import { configMaps, pods, services, sparkApplications } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { ownersOf } from '../api/store.ts';
import { at, isObject, type JsonObject, labelsOf, listOf, nameOf, namespaceOf, numberOf, textOf, uidOf } from '../json.ts';
import { type ContainerPlace, exitSwitch, type Program } from '../node/program.ts';
import type { World } from '../world.ts';
import { type ExecutorNames, executorConfigMap, executorNames, executorPod } from './objects.ts';
import { type SparkProgress, type SparkUi, startSparkUi } from './spark-ui.ts';

const UI_PORT = 4040;

interface Job {
  /** What the program is asked to do: pi, slow, fail, exit, hang. */
  name: string;
  argument: string;
  sparkName: string;
  tasks: number;
}

/** The arguments behind the jar; `jobs.Job` names its Spark application after the first of them. */
function jobOf(pod: JsonObject, application: JsonObject): Job {
  const args = listOf(at(pod, 'spec', 'containers'))
    .filter(isObject)
    .flatMap((container) => listOf(container.args))
    .map((argument) => textOf(argument));
  const main = textOf(at(application, 'spec', 'mainApplicationFile'));
  const [name = '', argument = ''] = args.slice(args.indexOf(main) + 1);
  const sparkName =
    textOf(at(application, 'spec', 'mainClass')) === 'jobs.Job' && name !== '' ? `job-${name}` : nameOf(application);
  return { name, argument, sparkName, tasks: name === 'pi' ? Number(argument) || 10 : 10 };
}

/** The program of a driver pod: log, web UI, executors, work, and the exit code of the job it was asked to do. */
export function driver(world: World, { pod, write }: ContainerPlace): Program {
  const { exit, leave, left } = exitSwitch();
  const application = world.store
    .list(sparkApplications, namespaceOf(pod))
    .find((candidate) => ownersOf(pod).includes(uidOf(candidate)));
  let ui: SparkUi | null = null;
  const log = (logger: string, message: string, level = 'INFO'): void => {
    const time = new Date(world.time.now()).toISOString().slice(2, 19).replaceAll('-', '/').replace('T', ' ');
    write(`${time} ${level} ${logger}: ${message}`);
  };
  const stopUi = (): void => {
    ui?.close();
    ui = null;
  };
  const run = async (app: JsonObject): Promise<void> => {
    const job = jobOf(pod, app);
    const names = executorNames(job.sparkName);
    const progress: SparkProgress = {
      application: job.sparkName,
      id: textOf(labelsOf(pod)['spark-app-selector']),
      version: textOf(at(app, 'spec', 'sparkVersion')),
      startedAt: world.time.now(),
      ready: false,
      tasks: job.tasks,
      done: 0,
      executors: [],
    };
    log('SparkContext', `Running Spark version ${progress.version}`);
    await world.time.pace(4);
    if (left()) return;
    log('SparkContext', `Submitted application: ${job.sparkName}`);
    ui = startSparkUi(progress);
    log('Utils', `Successfully started service 'SparkUI' on port ${UI_PORT}.`);
    await world.time.pace(4);
    progress.ready = true;
    await world.time.pace(3);
    if (left()) return;
    await startExecutors(world, app, pod, names, progress, left, log);
    await work(world, job, progress, left, log);
    if (left()) return;
    const code = job.name === 'exit' ? Number(job.argument) : job.name === 'fail' ? 1 : 0;
    if (job.name === 'pi' || job.name === '') write('Pi is roughly 3.142');
    if (job.name === 'fail') write('Exception in thread "main" java.lang.IllegalStateException: the job was told to fail');
    log('SparkContext', `SparkContext is stopping with exitCode ${code}.`);
    log('SparkUI', `Stopped Spark web UI at http://${nameOf(pod)}:${UI_PORT}`);
    stopUi();
    cleanUp(world, pod, names);
    await world.time.pace(0.8);
    log('SparkContext', 'Successfully stopped SparkContext');
    log('ShutdownHookManager', 'Shutdown hook called');
    await world.time.pace(0.7);
    leave({ code });
  };
  if (application !== undefined) void run(application);
  return {
    exit,
    terminate() {
      if (left()) return;
      log('SparkContext', 'Invoking stop() from shutdown hook');
      stopUi();
      leave({ code: 143 });
    },
    kill() {
      stopUi();
      leave({ code: 137 });
    },
    processes: () => [{ pid: 1, user: 'spark', command: '/opt/java/bin/java org.apache.spark.deploy.SparkSubmit' }],
    connect: (port) => (port === UI_PORT ? (ui?.connect() ?? null) : null),
  };
}

type WriteLog = (logger: string, message: string) => void;

async function startExecutors(
  world: World,
  application: JsonObject,
  pod: JsonObject,
  names: ExecutorNames,
  progress: SparkProgress,
  left: () => boolean,
  log: WriteLog,
): Promise<void> {
  world.store.put(configMaps, executorConfigMap(pod, names));
  await world.time.pace(0.4);
  const count = numberOf(at(application, 'spec', 'executor', 'instances'), 1);
  for (let id = 1; id <= count && !left(); id += 1) {
    const executor = executorPod(application, pod, names, id);
    world.store.put(pods, admit(world.store, pods, executor));
    progress.executors.push(nameOf(executor));
    log('ExecutorPodsAllocator', `Going to request executor ${id} of ${count}`);
    await world.time.pace(0.3);
  }
  const started = (): boolean =>
    progress.executors.some((name) => at(world.store.get(pods, namespaceOf(pod), name) ?? {}, 'status', 'phase') === 'Running');
  while (!started() && !left()) await world.time.pace(0.3);
}

async function work(world: World, job: Job, progress: SparkProgress, left: () => boolean, log: WriteLog): Promise<void> {
  for (let task = 0; task < 10 && !left(); task += 1) {
    if (job.name === 'slow') await world.time.sleep((Number(job.argument) || 10) / 10);
    else await world.time.pace(1.6);
    progress.done = Math.floor(((task + 1) / 10) * progress.tasks);
    log('TaskSetManager', `Finished ${progress.done} of ${progress.tasks} tasks in stage 0.0`);
  }
  while (job.name === 'hang' && !left()) await world.time.pace(1);
}

/** What Spark takes away itself before the driver ends: service, executors and their ConfigMap. */
function cleanUp(world: World, pod: JsonObject, names: ExecutorNames): void {
  const namespace = namespaceOf(pod);
  const { store } = world;
  for (const service of store.list(services, namespace))
    if (ownersOf(service).includes(uidOf(pod))) store.remove(services, service);
  for (const executor of store.list(pods, namespace)) if (ownersOf(executor).includes(uidOf(pod))) end(store, pods, executor);
  const configuration = store.get(configMaps, namespace, names.configuration);
  if (configuration !== null) store.remove(configMaps, configuration);
}
