import type { Json, JsonObject } from '../../json.ts';
import { heapOf } from '../pod-parts.ts';
import type { UiPlace } from './place.ts';
import { instant } from './rest-values.ts';

/** The application of `/applications`. */
export function applicationJson({ settings, startedAt, now }: UiPlace): JsonObject {
  const attempt = {
    startTime: instant(startedAt),
    endTime: '1969-12-31T23:59:59.999GMT',
    lastUpdated: instant(startedAt),
    duration: now() - startedAt,
    sparkUser: 'root',
    completed: false,
    appSparkVersion: settings.version,
    startTimeEpoch: startedAt,
    endTimeEpoch: -1,
    lastUpdatedEpoch: startedAt,
  };
  return { id: settings.applicationId, name: settings.program.name, attempts: [attempt] };
}

const secret = /secret|password|token|access[.]?key/i;

/** `/environment`: the effective configuration; what looks like a secret is withheld, as `spark.redaction.regex` does. */
export function environmentJson({ settings, startedAt }: UiPlace): JsonObject {
  const { conf, program } = settings;
  const effective = new Map([...conf, ['spark.app.name', program.name], ['spark.app.startTime', String(startedAt)]]);
  const pairs = (entries: Iterable<[string, string]>): Json[] =>
    [...entries]
      .map(([key, value]) => [key, secret.test(key) ? '*********(redacted)' : value])
      .sort((a, b) => String(a[0]).localeCompare(String(b[0])));
  const resource = (resourceName: string, amount: number) => ({ resourceName, amount, discoveryScript: '', vendor: '' });
  const cores = Number(conf.get('spark.executor.cores')) || 1;
  const executorResources = {
    cores: resource('cores', cores),
    memory: resource('memory', heapOf(conf, 'executor')),
    offHeap: resource('offHeap', 0),
  };
  return {
    runtime: { javaVersion: '17.0.19 (Debian)', javaHome: '/usr/lib/jvm/java-17-openjdk-amd64', scalaVersion: 'version 2.12.18' },
    sparkProperties: pairs(effective),
    hadoopProperties: [],
    systemProperties: pairs([
      ['SPARK_SUBMIT', 'true'],
      ['java.io.tmpdir', '/tmp'],
      ['user.name', 'spark'],
    ]),
    metricsProperties: [],
    classpathEntries: [
      ['/opt/spark/conf/', 'System Classpath'],
      [settings.resource.replace(/^local:\/\//, ''), 'Added By User'],
    ],
    resourceProfiles: [{ id: 0, executorResources, taskResources: { cpus: { resourceName: 'cpus', amount: 1 } } }],
  };
}

const park = [
  'java.base@17.0.19/jdk.internal.misc.Unsafe.park(Native Method)',
  'java.base@17.0.19/java.lang.Thread.run(Thread.java:840)',
];
const thread = (threadId: number, threadName: string, threadState: string, elems: string[]): JsonObject => ({
  threadId,
  threadName,
  threadState,
  stackTrace: { elems },
  blockedByLock: '',
  holdingLocks: [],
});

/** `/executors/driver/threads`: the main thread in the action that runs, and those that always wait. */
export function threadsJson({ status }: UiPlace): Json[] {
  const job = status.jobs.findLast((one) => one.state === 'RUNNING');
  const action =
    job === undefined
      ? []
      : [
          'org.apache.spark.SparkContext.runJob(SparkContext.scala:2393)',
          `jobs.Job.main(${job.name.split(' at ')[1] ?? 'Job.java'})`,
        ];
  return [
    thread(1, 'main', job === undefined ? 'RUNNABLE' : 'WAITING', [
      ...park.slice(0, job === undefined ? 0 : 1),
      ...action,
      'org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)',
    ]),
    thread(10, 'Common-Cleaner', 'TIMED_WAITING', ['java.base@17.0.19/java.lang.Object.wait(Native Method)', ...park.slice(1)]),
    thread(56, 'dag-scheduler-event-loop', 'WAITING', park),
    thread(65, 'context-cleaner-periodic-gc', 'TIMED_WAITING', park),
  ];
}
