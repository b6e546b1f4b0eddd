import { at, type Json, type JsonObject, listOf, nameOf, namespaceOf, numberOf, objectOf, textOf } from '../../json.ts';

const GROUP = 'radanalytics.io';
/** Account of the submitter and of the drivers, which the operator's own manifest makes in the namespace. */
export const ACCOUNT = 'spark-operator';
const defaultImage = 'quay.io/radanalyticsio/openshift-spark:2.4-latest';

/** The labels of everything that belongs to an object, and by which it is deleted: nothing has an owner. */
export const labelsFor = (object: JsonObject): Record<string, string> => ({
  [`${GROUP}/kind`]: textOf(object.kind),
  [`${GROUP}/${textOf(object.kind)}`]: nameOf(object),
});

const texts = (value: Json | undefined): [string, string][] =>
  Object.entries(objectOf(value)).map(([key, text]) => [key, String(text)]);

/**
 * The command line of the submitter (`KubernetesAppDeployer`): put together as text and handed to a shell, so that a blank or a
 * quote in a value is the shell's. `restartPolicy`, `sparkConfigMap` and `historyServer` change nothing, and there is no sparkConf.
 */
export function submitCommand(application: JsonObject): string {
  const { spec } = application;
  const driver = objectOf(at(spec, 'driver'));
  const executor = objectOf(at(spec, 'executor'));
  const conf = (key: string, value: Json | undefined): string[] =>
    value === undefined ? [] : [`--conf ${key}=${String(value)}`];
  const labelled = (side: 'driver' | 'executor', labels: [string, string][]): string[] =>
    labels.flatMap(([label, value]) => conf(`spark.kubernetes.${side}.label.${label}`, value));
  const common = [...Object.entries(labelsFor(application)), ...texts(at(spec, 'labels'))];
  const dependencies = (option: string, name: string): string[] => {
    const list = listOf(at(spec, 'deps', name));
    return list.length === 0 ? [] : [`${option} ${list.join(',')}`];
  };
  const mainClass = textOf(at(spec, 'mainClass'));
  const sleep = numberOf(at(spec, 'sleep'), 31_536_000);
  const submit = [
    '/opt/spark/bin/spark-submit',
    ...(mainClass === '' ? [] : [`--class ${mainClass}`]),
    '--master k8s://https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT',
    ...conf('spark.kubernetes.namespace', namespaceOf(application)),
    `--deploy-mode ${textOf(at(spec, 'mode')) || 'cluster'}`,
    ...conf('spark.app.name', nameOf(application)),
    ...conf('spark.kubernetes.container.image', imageOf(application)),
    ...conf('spark.kubernetes.submission.waitAppCompletion', 'false'),
    ...conf('spark.driver.cores', driver.cores ?? '1'),
    ...conf('spark.kubernetes.driver.limit.cores', driver.coreLimit),
    ...conf('spark.driver.memory', driver.memory ?? '512m'),
    ...conf('spark.driver.memoryOverhead', driver.memoryOverhead),
    ...conf('spark.kubernetes.authenticate.driver.serviceAccountName', ACCOUNT),
    ...labelled('driver', [...common, ...texts(driver.labels)]),
    ...labelled('executor', [...common, ...texts(executor.labels)]),
    ...texts(at(spec, 'env')).flatMap(([name, value]) => [
      ...conf(`spark.kubernetes.driverEnv.${name}`, value),
      ...conf(`spark.executorEnv.${name}`, value),
    ]),
    ...conf('spark.executor.instances', executor.instances ?? 1),
    ...conf('spark.executor.cores', executor.cores ?? '1'),
    ...conf('spark.executor.memory', executor.memory ?? '512m'),
    ...dependencies('--py-files', 'pyFiles'),
    ...dependencies('--jars', 'jars'),
    ...dependencies('--files', 'files'),
    ...conf('spark.jars.ivy', '/tmp/.ivy2'),
    textOf(at(spec, 'mainApplicationFile')),
    textOf(at(spec, 'arguments')),
  ];
  const again = [`echo -e '\\n\\ntask/pod will be rescheduled in ${sleep} seconds..'`, `sleep ${sleep}`];
  return [submit.filter((part) => part !== '').join(' '), ...(sleep > 0 ? again : [])].join(' && ');
}

const imageOf = (application: JsonObject): string => textOf(at(application, 'spec', 'image')) || defaultImage;

/** The pod of the ReplicationController `<name>-submitter`: it submits, sleeps, and is then started again by its kubelet. */
export function submitterPod(application: JsonObject): JsonObject {
  const name = `${nameOf(application)}-submitter`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: namespaceOf(application), generateName: `${name}-`, labels: labelsFor(application) },
    spec: {
      serviceAccountName: ACCOUNT,
      containers: [
        {
          name,
          image: imageOf(application),
          imagePullPolicy: textOf(at(application, 'spec', 'imagePullPolicy')) || 'IfNotPresent',
          command: ['/bin/sh', '-c'],
          args: [submitCommand(application)],
        },
      ],
    },
  };
}

/** The two kinds of pods of a SparkCluster. */
export type ClusterRole = 'master' | 'worker';

/** How many pods of a role the cluster is to have. */
export const instancesOf = (cluster: JsonObject, role: ClusterRole): number =>
  numberOf(at(cluster, 'spec', role, 'instances'), 1);

/** The labels that choose the pods of one role. */
export const roleLabels = (cluster: JsonObject, role: ClusterRole): Record<string, string> => ({
  ...labelsFor(cluster),
  [`${GROUP}/deployment`]: groupName(cluster, role),
});

const groupName = (cluster: JsonObject, role: ClusterRole): string => `${nameOf(cluster)}-${role === 'master' ? 'm' : 'w'}`;

/** A pod of the ReplicationController `<name>-m` or `<name>-w` (`KubernetesSparkClusterDeployer`). */
export function clusterPod(cluster: JsonObject, role: ClusterRole): JsonObject {
  const name = nameOf(cluster);
  const { spec } = cluster;
  const hasUi = at(spec, 'sparkWebUI') !== false;
  const isMaster = role === 'master';
  const port = (containerPort: number, portName: string): JsonObject => ({ name: portName, containerPort, protocol: 'TCP' });
  const variable = (key: string, value: string): JsonObject => ({ name: key, value });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: namespaceOf(cluster),
      generateName: `${groupName(cluster, role)}-`,
      labels: {
        ...roleLabels(cluster, role),
        [`${GROUP}/podType`]: role,
        ...Object.fromEntries([...texts(at(spec, 'labels')), ...texts(at(spec, role, 'labels'))]),
      },
    },
    spec: {
      containers: [
        {
          name: groupName(cluster, role),
          image: textOf(at(spec, 'customImage')) || defaultImage,
          imagePullPolicy: 'IfNotPresent',
          ports: [
            ...(isMaster ? [port(7077, 'spark-master')] : []),
            ...(hasUi ? [port(isMaster ? 8080 : 8081, 'spark-webui')] : []),
            ...(at(spec, 'metrics') === true ? [port(7777, 'metrics')] : []),
          ],
          env: [
            variable('OSHINKO_SPARK_CLUSTER', name),
            ...listOf(at(spec, 'env')),
            ...(isMaster ? [] : [variable('SPARK_MASTER_ADDRESS', `spark://${name}:7077`)]),
            ...(!isMaster && hasUi ? [variable('SPARK_MASTER_UI_ADDRESS', `http://${name}-ui:8080`)] : []),
          ],
          resources: resourcesOf(objectOf(at(spec, role))),
        },
      ],
    },
  };
}

/** `cpu` and `memory` are request and limit; `cpuRequest`, `memoryLimit` and so on say one of them. */
function resourcesOf(side: JsonObject): JsonObject {
  const of = (end: 'Request' | 'Limit'): JsonObject =>
    Object.fromEntries(
      ['memory', 'cpu'].flatMap((name) => {
        const amount = side[`${name}${end}`] ?? side[name];
        return amount === undefined ? [] : [[name, amount]];
      }),
    );
  return { limits: of('Limit'), requests: of('Request') };
}

/** The services of a cluster: `<name>` for drivers and, unless `sparkWebUI` is false, `<name>-ui`. */
export function clusterServices(cluster: JsonObject): JsonObject[] {
  const service = (name: string, type: string, port: number): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: namespaceOf(cluster), labels: { ...labelsFor(cluster), [`${GROUP}/service`]: type } },
    spec: { selector: roleLabels(cluster, 'master'), ports: [{ port, targetPort: port, protocol: 'TCP' }] },
  });
  const hasUi = at(cluster, 'spec', 'sparkWebUI') !== false;
  const name = nameOf(cluster);
  return [service(name, 'master', 7077), ...(hasUi ? [service(`${name}-ui`, 'ui', 8080)] : [])];
}
