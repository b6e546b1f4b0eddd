import { randomBytes } from 'node:crypto';
import { at, type Json, type JsonObject, listOf, nameOf, namespaceOf, numberOf, objectOf, textOf, uidOf } from '../json.ts';

const OPERATOR = 'sparkoperator.k8s.io';
const hex = (): string => randomBytes(8).toString('hex');
const text = (object: JsonObject, otherwise: string, ...path: string[]): string => textOf(at(object, ...path)) || otherwise;

/** The identities of one submission. */
export interface Submission {
  id: string;
  /** Spark's own: `spark-<32 hex>`. */
  sparkId: string;
  /** In the names of service and ConfigMap. */
  suffix: string;
  configuration: string;
}

export function newSubmission(): Submission {
  const id = crypto.randomUUID();
  return { id, sparkId: `spark-${randomBytes(16).toString('hex')}`, suffix: hex(), configuration: `spark-drv-${hex()}-conf-map` };
}

export const driverNameOf = (application: JsonObject): string =>
  text(application, `${nameOf(application)}-driver`, 'spec', 'driver', 'podName');
export const uiServiceNameOf = (application: JsonObject): string => `${nameOf(application)}-ui-svc`;

function owner(object: JsonObject, more: JsonObject = {}): JsonObject {
  const { apiVersion = '', kind = '' } = object;
  return { apiVersion, kind, name: nameOf(object), uid: uidOf(object), ...more };
}

/** Labels that operator and Spark put on every pod of a run. */
function labels(application: JsonObject, submission: Submission, role: 'driver' | 'executor', sparkName: string): JsonObject {
  return {
    ...objectOf(at(application, 'metadata', 'labels')),
    'spark-app-name': sparkName,
    'spark-app-selector': submission.sparkId,
    'spark-role': role,
    'spark-version': text(application, '3.5.7', 'spec', 'sparkVersion'),
    [`${OPERATOR}/app-name`]: nameOf(application),
    [`${OPERATOR}/launched-by-spark-operator`]: 'true',
    [`${OPERATOR}/mutated-by-spark-operator`]: 'true',
    [`${OPERATOR}/submission-id`]: submission.id,
    ...objectOf(at(application, 'spec', role, 'labels')),
  };
}

function container(application: JsonObject, role: 'driver' | 'executor', args: string[], ports: [string, number][]): JsonObject {
  const side = objectOf(at(application, 'spec', role));
  const cpu = textOf(side.coreRequest) || String(numberOf(side.cores, 1));
  const memory = `${megabytes(textOf(side.memory) || '1g') + 384}Mi`;
  const image = textOf(side.image) || text(application, '', 'spec', 'image');
  return {
    name: `spark-kubernetes-${role}`,
    image,
    args,
    ports: ports.map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' })),
    env: [{ name: 'SPARK_USER', value: 'root' }],
    resources: { limits: { memory }, requests: { cpu, memory } },
    imagePullPolicy: text(application, 'IfNotPresent', 'spec', 'imagePullPolicy'),
  };
}

function megabytes(memory: string): number {
  const amount = Number.parseInt(memory, 10);
  return /g/i.test(memory) ? amount * 1024 : amount;
}

const driverPorts: [string, number][] = [
  ['driver-rpc-port', 7078],
  ['blockmanager', 7079],
  ['spark-ui', 4040],
];

/** The driver pod as spark-submit makes it. */
export function driverPod(application: JsonObject, submission: Submission): JsonObject {
  const mainClass = text(application, '', 'spec', 'mainClass');
  const args = [
    'driver',
    '--properties-file',
    '/opt/spark/conf/spark.properties',
    ...(mainClass === '' ? [] : ['--class', mainClass]),
    text(application, '', 'spec', 'mainApplicationFile'),
    ...listOf(at(application, 'spec', 'arguments')).map((argument) => textOf(argument)),
  ];
  const account = text(application, '', 'spec', 'driver', 'serviceAccount');
  const volume = (name: string, configMap: string): Json => ({ name, configMap: { name: configMap, defaultMode: 420 } });
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: driverNameOf(application),
      namespace: namespaceOf(application),
      labels: labels(application, submission, 'driver', nameOf(application)),
      ownerReferences: [owner(application, { controller: true, blockOwnerDeletion: true })],
    },
    spec: {
      containers: [container(application, 'driver', args, driverPorts)],
      volumes: [
        volume('pod-template-volume', podSpecName(application, submission)),
        { name: 'spark-local-dir-1', emptyDir: {} },
        volume('spark-conf-volume-driver', submission.configuration),
      ],
      restartPolicy: 'Never',
      ...(account === '' ? {} : { serviceAccountName: account }),
    },
  };
}

const prefixOf = (application: JsonObject): string =>
  nameOf(application)
    .replaceAll('.', '-')
    .replace(/^(?=\d)/, 'x');
const podSpecName = (application: JsonObject, submission: Submission): string =>
  `${prefixOf(application)}-${submission.suffix}-driver-podspec-conf-map`;

/** The headless service of a driver; a name that would not fit 63 letters gets Spark's short form. */
export function driverService(application: JsonObject, driver: JsonObject, submission: Submission): JsonObject {
  const long = `${prefixOf(application)}-${submission.suffix}-driver-svc`;
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name: long.length <= 63 ? long : `spark-${submission.suffix}-driver-svc`,
      namespace: namespaceOf(application),
      labels: { 'spark-app-selector': submission.sparkId },
      ownerReferences: [owner(driver, { controller: true })],
    },
    spec: {
      ports: driverPorts.map(([name, port]) => ({ name, protocol: 'TCP', port, targetPort: port })),
      selector: objectOf(at(driver, 'metadata', 'labels')),
      clusterIP: 'None',
    },
  };
}

/** The two ConfigMaps a submission leaves beside the driver. */
export function driverConfigMaps(application: JsonObject, driver: JsonObject, submission: Submission): JsonObject[] {
  const namespace = namespaceOf(application);
  const map = (name: string, data: JsonObject): JsonObject => ({
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name, namespace, ownerReferences: [owner(driver, { controller: true })] },
    immutable: true,
    data,
  });
  const properties = [
    `spark.app.id=${submission.sparkId}`,
    `spark.app.name=${nameOf(application)}`,
    `spark.executor.instances=${numberOf(at(application, 'spec', 'executor', 'instances'), 1)}`,
    `spark.kubernetes.driver.pod.name=${driverNameOf(application)}`,
    `spark.kubernetes.namespace=${namespace}`,
    ...Object.entries(objectOf(at(application, 'spec', 'sparkConf'))).map(([key, value]) => `${key}=${String(value)}`),
  ];
  return [
    map(podSpecName(application, submission), {
      'podspec-configmap-key': 'spec:\n  containers:\n  - name: spark-kubernetes-executor\n',
    }),
    map(submission.configuration, { 'spark.kubernetes.namespace': namespace, 'spark.properties': `${properties.join('\n')}\n` }),
  ];
}

/** The service the operator makes for the web UI. */
export function uiService(application: JsonObject, submissionId: string): JsonObject {
  const selected = { 'spark-role': 'driver', [`${OPERATOR}/app-name`]: nameOf(application) };
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name: uiServiceNameOf(application),
      namespace: namespaceOf(application),
      labels: { [`${OPERATOR}/app-name`]: nameOf(application), [`${OPERATOR}/submission-id`]: submissionId },
      ownerReferences: [owner(application, { controller: true })],
    },
    spec: { ports: [{ name: 'spark-driver-ui-port', protocol: 'TCP', port: 4040, targetPort: 4040 }], selector: selected },
  };
}

/** Names the driver gives its executors: after the name the program sets, not after the application. */
export interface ExecutorNames {
  sparkName: string;
  suffix: string;
  configuration: string;
}

export function executorNames(sparkName: string): ExecutorNames {
  return { sparkName, suffix: hex(), configuration: `spark-exec-${hex()}-conf-map` };
}

/** One executor pod as the driver makes it. */
export function executorPod(application: JsonObject, driver: JsonObject, names: ExecutorNames, id: number): JsonObject {
  const from = objectOf(at(driver, 'metadata', 'labels'));
  const submission: Submission = {
    id: textOf(from[`${OPERATOR}/submission-id`]),
    sparkId: textOf(from['spark-app-selector']),
    suffix: names.suffix,
    configuration: names.configuration,
  };
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: `${names.sparkName}-${names.suffix}-exec-${id}`,
      namespace: namespaceOf(driver),
      labels: {
        ...labels(application, submission, 'executor', names.sparkName),
        'spark-exec-id': String(id),
        'spark-exec-resourceprofile-id': '0',
      },
      ownerReferences: [owner(application), owner(driver, { controller: true })],
    },
    spec: {
      containers: [container(application, 'executor', ['executor'], [['blockmanager', 7079]])],
      volumes: [
        { name: 'spark-conf-volume-exec', configMap: { name: names.configuration, defaultMode: 420 } },
        { name: 'spark-local-dir-1', emptyDir: {} },
      ],
      restartPolicy: 'Never',
      serviceAccountName: text(driver, 'default', 'spec', 'serviceAccountName'),
    },
  };
}

/** The ConfigMap that executors mount. */
export function executorConfigMap(driver: JsonObject, names: ExecutorNames): JsonObject {
  const selector = objectOf(at(driver, 'metadata', 'labels'))['spark-app-selector'] ?? '';
  return {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: {
      name: names.configuration,
      namespace: namespaceOf(driver),
      labels: { 'spark-app-selector': selector, 'spark-role': 'executor' },
      ownerReferences: [owner(driver, { controller: true })],
    },
    immutable: true,
    data: { 'spark.properties': `spark.kubernetes.namespace=${namespaceOf(driver)}\n` },
  };
}
