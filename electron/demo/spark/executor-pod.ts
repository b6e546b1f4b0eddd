import { at, type JsonObject, namespaceOf, textOf } from '../json.ts';
import { applicationLabel, below, mebibytes, overheadOf, resourcePrefix, settingOf, uniqueId } from './conf.ts';
import type { DriverSettings } from './driver-settings.ts';
import {
  fieldVariable,
  heapOf,
  nodeSelectorOf,
  overTemplate,
  port,
  pullSecretsOf,
  resourcesOf,
  secretParts,
  splitTemplate,
  volumeParts,
} from './pod-parts.ts';
import { propertiesText } from './properties.ts';
import { ownedBy } from './submit/driver-objects.ts';

/** Names that the executors of one SparkContext share. */
export interface ExecutorNames {
  prefix: string;
  configuration: string;
}

/** Named after the application's name at run time, not after the driver (spark-measured, point 16). */
export function executorNames({ conf, program }: DriverSettings, now: number): ExecutorNames {
  const prefix = settingOf(conf, 'spark.kubernetes.executor.podNamePrefix') || resourcePrefix(program.name, now);
  return { prefix, configuration: `spark-exec-${uniqueId(now)}-conf-map` };
}

/** Where an executor finds its driver. */
export const driverUrl = ({ host, rpcPort }: DriverSettings): string => `spark://CoarseGrainedScheduler@${host}:${rpcPort}`;

/** The ConfigMap that executors mount. */
export function executorConfigMap(
  { pod, applicationId }: DriverSettings,
  { configuration }: ExecutorNames,
  now: number,
): JsonObject {
  const namespace = namespaceOf(pod);
  const conf = new Map([['spark.kubernetes.namespace', namespace]]);
  return {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: {
      name: configuration,
      namespace,
      labels: { 'spark-app-selector': applicationId, 'spark-role': 'executor' },
      ownerReferences: [ownedBy(pod)],
    },
    immutable: true,
    data: { 'spark.kubernetes.namespace': namespace, 'spark.properties': propertiesText(configuration, conf, now) },
  };
}

/** One executor pod as the driver makes it (`BasicExecutorFeatureStep` and the steps behind it); `pod`: the driver's own, as it is now. */
export function executorPod(settings: DriverSettings, names: ExecutorNames, id: number, pod: JsonObject): JsonObject {
  const { conf, applicationId, program, version } = settings;
  const template = splitTemplate(
    settings.executorTemplate,
    settingOf(conf, 'spark.kubernetes.executor.podTemplateContainerName'),
  );
  const name = `${names.prefix}-exec-${id}`;
  const annotations = Object.fromEntries(below(conf, 'spark.kubernetes.executor.annotation.'));
  const account =
    settingOf(
      conf,
      'spark.kubernetes.authenticate.executor.serviceAccountName',
      'spark.kubernetes.authenticate.driver.serviceAccountName',
    ) || textOf(at(pod, 'spec', 'serviceAccountName'));
  const scheduler = settingOf(conf, 'spark.kubernetes.executor.scheduler.name', 'spark.kubernetes.scheduler.name');
  const selector = nodeSelectorOf(conf, 'executor');
  const pullSecrets = pullSecretsOf(conf);
  const { container, volumes } = executorContainer(settings, names, id, textOf(at(pod, 'status', 'podIP')));
  return overTemplate(template, {
    metadata: {
      name,
      namespace: namespaceOf(pod),
      labels: {
        'spark-app-name': applicationLabel(program.name),
        'spark-app-selector': applicationId,
        'spark-exec-id': String(id),
        'spark-exec-resourceprofile-id': '0',
        'spark-role': 'executor',
        'spark-version': version,
        ...Object.fromEntries(below(conf, 'spark.kubernetes.executor.label.')),
      },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ownerReferences: [ownedBy(pod)],
    },
    spec: {
      volumes,
      restartPolicy: 'Never',
      hostname: name.slice(-63).replace(/^[^a-z0-9]+/, ''),
      ...(Object.keys(selector).length === 0 ? {} : { nodeSelector: selector }),
      ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets }),
      ...(account === '' ? {} : { serviceAccountName: account, serviceAccount: account }),
      ...(scheduler === '' ? {} : { schedulerName: scheduler }),
    },
    container,
  });
}

function executorContainer(
  settings: DriverSettings,
  names: ExecutorNames,
  id: number,
  driverAddress: string,
): { container: JsonObject; volumes: JsonObject[] } {
  const { conf, applicationId, scratch } = settings;
  const secrets = secretParts(conf, 'executor');
  const volumes = volumeParts(conf, 'executor');
  const local = volumes.local.length > 0 ? [] : [{ name: 'spark-local-dir-1', mountPath: scratch }];
  const tmpfs = conf.get('spark.kubernetes.local.dirs.tmpfs') === 'true' ? { medium: 'Memory' } : {};
  const blockPort = Number(settingOf(conf, 'spark.blockManager.port')) || 7079;
  const environment: [string, string][] = [
    ['SPARK_USER', 'root'],
    ['SPARK_DRIVER_URL', driverUrl(settings)],
    ['SPARK_EXECUTOR_CORES', settingOf(conf, 'spark.executor.cores') || '1'],
    ['SPARK_EXECUTOR_MEMORY', `${heapOf(conf, 'executor')}m`],
    ['SPARK_APPLICATION_ID', applicationId],
    ['SPARK_CONF_DIR', '/opt/spark/conf'],
    ['SPARK_EXECUTOR_ID', String(id)],
    ['SPARK_RESOURCE_PROFILE_ID', '0'],
    ...below(conf, 'spark.executorEnv.'),
    ['SPARK_DRIVER_POD_IP', driverAddress],
    ...javaOptions(settings).map((option, index): [string, string] => [`SPARK_JAVA_OPT_${index}`, option]),
  ];
  return {
    container: {
      name: settingOf(conf, 'spark.kubernetes.executor.podTemplateContainerName') || 'spark-kubernetes-executor',
      image: settingOf(conf, 'spark.kubernetes.executor.container.image', 'spark.kubernetes.container.image'),
      imagePullPolicy: settingOf(conf, 'spark.kubernetes.container.image.pullPolicy') || 'IfNotPresent',
      args: ['executor'],
      ports: [port('blockmanager', blockPort)],
      env: [
        ...environment.map(([name, value]) => ({ name, value })),
        fieldVariable('SPARK_EXECUTOR_POD_IP', 'status.podIP'),
        fieldVariable('SPARK_EXECUTOR_POD_NAME', 'metadata.name'),
        ...secrets.env,
        { name: 'SPARK_LOCAL_DIRS', value: volumes.local.length > 0 ? volumes.local.join(',') : scratch },
      ],
      resources: resourcesOf(conf, 'executor', executorMemory(settings)),
      volumeMounts: [
        ...secrets.mounts,
        ...volumes.mounts,
        { name: 'spark-conf-volume-exec', mountPath: '/opt/spark/conf' },
        ...local,
      ],
    },
    volumes: [
      ...secrets.volumes,
      ...volumes.volumes,
      { name: 'spark-conf-volume-exec', configMap: { name: names.configuration } },
      ...local.map(({ name }) => ({ name, emptyDir: tmpfs })),
    ],
  };
}

/** Packages of Java 17 that Spark opens to itself. */
const opened = [
  ...['lang', 'lang.invoke', 'lang.reflect', 'io', 'net', 'nio', 'util', 'util.concurrent', 'util.concurrent.atomic'].map(
    (name) => `java.base/java.${name}`,
  ),
  ...['jdk.internal.ref', 'sun.nio.ch', 'sun.nio.cs', 'sun.security.action', 'sun.util.calendar'].map(
    (name) => `java.base/${name}`,
  ),
  'java.security.jgss/sun.security.krb5',
];

/** Options of an executor's Java: Spark's own, the user's, and where the driver listens. */
function javaOptions({ conf, rpcPort }: DriverSettings): string[] {
  return [
    '-Djava.net.preferIPv6Addresses=false',
    '-XX:+IgnoreUnrecognizedVMOptions',
    ...opened.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    '-Djdk.reflect.useDirectMethodHandle=false',
    ...settingOf(conf, 'spark.executor.extraJavaOptions')
      .split(/\s+/)
      .filter((option) => option !== ''),
    `-Dspark.driver.blockManager.port=${settingOf(conf, 'spark.driver.blockManager.port') || '7079'}`,
    `-Dspark.driver.port=${rpcPort}`,
  ];
}

/** MiB that an executor asks for: heap, what is beside it, and Python's part. */
function executorMemory({ conf }: DriverSettings): number {
  const heap = heapOf(conf, 'executor');
  const factor = settingOf(conf, 'spark.executor.memoryOverheadFactor', 'spark.kubernetes.memoryOverheadFactor') || '0.1';
  return heap + overheadOf(heap, settingOf(conf, 'spark.executor.memoryOverhead'), Number(factor)) + pythonMemory(conf);
}

const pythonMemory = (conf: DriverSettings['conf']): number => {
  const set = settingOf(conf, 'spark.executor.pyspark.memory');
  return settingOf(conf, 'spark.kubernetes.resource.type') === 'python' && set !== '' ? mebibytes(set) : 0;
};
