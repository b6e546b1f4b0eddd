import type { JsonObject } from '../../json.ts';
import { applicationLabel, below, countOf, overheadOf, type SparkConf, settingOf } from '../conf.ts';
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
} from '../pod-parts.ts';
import { type Command, SubmissionError } from './arguments.ts';

/** The identities of one submission, and the templates its user gave. */
export interface Submission {
  command: Command;
  /** `spark-<32 hex>`. */
  applicationId: string;
  /** What the names of service and ConfigMap begin with. */
  prefix: string;
  /** ConfigMap with `spark.properties`. */
  configuration: string;
  driverTemplate: JsonObject | undefined;
  executorTemplate: JsonObject | undefined;
}

/** `spark.kubernetes.driver.pod.name`, else a name of the submission's own. */
export const podNameOf = ({ command, prefix }: Submission): string =>
  settingOf(command.conf, 'spark.kubernetes.driver.pod.name') || `${prefix}-driver`;
/** The namespace of everything that is created. */
export const namespaceIn = (conf: SparkConf): string => settingOf(conf, 'spark.kubernetes.namespace') || 'default';
/** The ConfigMap with the executors' pod template. */
export const podSpecMapOf = ({ prefix }: Submission): string => `${prefix}-driver-podspec-conf-map`;

/** Ports of a driver: RPC, blocks, web UI. */
export function driverPorts(conf: SparkConf): [string, number][] {
  return [
    ['driver-rpc-port', countOf(conf, 'spark.driver.port', 7078)],
    ['blockmanager', countOf(conf, 'spark.driver.blockManager.port', 7079)],
    ['spark-ui', countOf(conf, 'spark.ui.port', 4040)],
  ];
}

/** What decides about the memory beside the heap where nothing is set: the language. */
export function languageOf(command: Command): 'java' | 'python' | 'r' {
  if (command.resource.endsWith('.py')) return 'python';
  return command.resource.endsWith('.R') ? 'r' : 'java';
}

/** Share of the heap that is added for everything else. */
export function overheadFactorOf(command: Command): string {
  const set = settingOf(command.conf, 'spark.kubernetes.memoryOverheadFactor');
  return set || (languageOf(command) === 'java' ? '0.1' : '0.4');
}

/** The labels that Spark keeps for itself; throws where the user sets one of them. */
export function driverLabels({ command, applicationId }: Submission): JsonObject {
  const own: JsonObject = {
    'spark-app-name': applicationLabel(settingOf(command.conf, 'spark.app.name')),
    'spark-app-selector': applicationId,
    'spark-role': 'driver',
    'spark-version': '3.5.7',
  };
  const custom = Object.fromEntries(below(command.conf, 'spark.kubernetes.driver.label.'));
  for (const key of Object.keys(own)) {
    if (Object.hasOwn(custom, key)) {
      throw new SubmissionError(`Label with key ${key} is not allowed as it is reserved for Spark bookkeeping operations.`);
    }
  }
  return { ...own, ...custom };
}

/** The driver pod as Spark 3.5's Kubernetes client makes it (`BasicDriverFeatureStep` and the steps behind it). */
export function driverPod(submission: Submission): JsonObject {
  const { conf } = submission.command;
  const template = splitTemplate(submission.driverTemplate, settingOf(conf, 'spark.kubernetes.driver.podTemplateContainerName'));
  const annotations = Object.fromEntries(below(conf, 'spark.kubernetes.driver.annotation.'));
  const account = settingOf(conf, 'spark.kubernetes.authenticate.driver.serviceAccountName');
  const scheduler = settingOf(conf, 'spark.kubernetes.driver.scheduler.name', 'spark.kubernetes.scheduler.name');
  const selector = nodeSelectorOf(conf, 'driver');
  const pullSecrets = pullSecretsOf(conf);
  const { container, volumes } = driverContainer(submission);
  return overTemplate(template, {
    metadata: {
      name: podNameOf(submission),
      namespace: namespaceIn(conf),
      labels: driverLabels(submission),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      volumes,
      restartPolicy: 'Never',
      ...(Object.keys(selector).length === 0 ? {} : { nodeSelector: selector }),
      ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets }),
      ...(account === '' ? {} : { serviceAccountName: account, serviceAccount: account }),
      ...(scheduler === '' ? {} : { schedulerName: scheduler }),
    },
    container,
  });
}

function driverContainer(submission: Submission): { container: JsonObject; volumes: JsonObject[] } {
  const { command, applicationId, configuration } = submission;
  const { conf } = command;
  const image = settingOf(conf, 'spark.kubernetes.driver.container.image', 'spark.kubernetes.container.image');
  if (image === '') throw new SubmissionError('Must specify the driver container image');
  const secrets = secretParts(conf, 'driver');
  const mounted = volumeParts(conf, 'driver');
  const local = mounted.local.length > 0 ? mounted.local : [`/var/data/spark-${crypto.randomUUID()}`];
  const scratch = mounted.local.length > 0 ? [] : local.map((mountPath) => ({ name: 'spark-local-dir-1', mountPath }));
  const tmpfs = conf.get('spark.kubernetes.local.dirs.tmpfs') === 'true' ? { medium: 'Memory' } : {};
  const template = submission.executorTemplate !== undefined;
  const memory = heapOf(conf, 'driver');
  const factor = Number(settingOf(conf, 'spark.driver.memoryOverheadFactor') || overheadFactorOf(command));
  const total = memory + overheadOf(memory, settingOf(conf, 'spark.driver.memoryOverhead'), factor);
  const configurationItems = [{ key: 'spark.properties', path: 'spark.properties', mode: 0o644 }];
  const podSpecItems = [{ key: 'podspec-configmap-key', path: 'pod-spec-template.yml' }];
  return {
    container: {
      name: settingOf(conf, 'spark.kubernetes.driver.podTemplateContainerName') || 'spark-kubernetes-driver',
      image,
      imagePullPolicy: settingOf(conf, 'spark.kubernetes.container.image.pullPolicy') || 'IfNotPresent',
      args: driverArguments(command),
      ports: driverPorts(conf).map(([name, number]) => port(name, number)),
      env: [
        { name: 'SPARK_USER', value: 'root' },
        { name: 'SPARK_APPLICATION_ID', value: applicationId },
        ...below(conf, 'spark.kubernetes.driverEnv.').map(([name, value]) => ({ name, value })),
        fieldVariable('SPARK_DRIVER_BIND_ADDRESS', 'status.podIP'),
        ...secrets.env,
        ...pythonVariables(command),
        { name: 'SPARK_LOCAL_DIRS', value: local.join(',') },
        { name: 'SPARK_CONF_DIR', value: '/opt/spark/conf' },
      ],
      resources: resourcesOf(conf, 'driver', total),
      volumeMounts: [
        ...secrets.mounts,
        ...mounted.mounts,
        ...(template ? [{ name: 'pod-template-volume', mountPath: '/opt/spark/pod-template' }] : []),
        ...scratch,
        { name: 'spark-conf-volume-driver', mountPath: '/opt/spark/conf' },
      ],
    },
    volumes: [
      ...secrets.volumes,
      ...mounted.volumes,
      ...(template ? [{ name: 'pod-template-volume', configMap: { name: podSpecMapOf(submission), items: podSpecItems } }] : []),
      ...scratch.map(({ name }) => ({ name, emptyDir: tmpfs })),
      { name: 'spark-conf-volume-driver', configMap: { name: configuration, items: configurationItems } },
    ],
  };
}

/** What the entry point of the image gets; Python and R are run by a class of Spark's own. */
function driverArguments(command: Command): string[] {
  const runner = {
    python: 'org.apache.spark.deploy.PythonRunner',
    r: 'org.apache.spark.deploy.RRunner',
    java: command.mainClass,
  };
  return [
    'driver',
    ...(command.proxyUser === '' ? [] : ['--proxy-user', command.proxyUser]),
    '--properties-file',
    '/opt/spark/conf/spark.properties',
    '--class',
    runner[languageOf(command)],
    command.resource,
    ...command.args,
  ];
}

function pythonVariables({ conf }: Command): JsonObject[] {
  const python = settingOf(conf, 'spark.pyspark.python');
  const driver = settingOf(conf, 'spark.pyspark.driver.python', 'spark.pyspark.python');
  if (driver === '') return [];
  return [
    ...(python === '' ? [] : [{ name: 'PYSPARK_PYTHON', value: python }]),
    { name: 'PYSPARK_DRIVER_PYTHON', value: driver },
  ];
}
