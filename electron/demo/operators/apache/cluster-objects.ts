import { at, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, numberOf, objectOf, textOf, uidOf } from '../../json.ts';
import { operatorLabels } from './submission.ts';

/** The two kinds of pods of a SparkCluster. */
export type ClusterRole = 'master' | 'worker';

const clusterLabel = 'spark.operator/spark-cluster-name';

/** How many pods of a role there are: one master, and `initWorkers` workers. */
export const instancesOf = (cluster: JsonObject, role: ClusterRole): number =>
  role === 'master' ? 1 : numberOf(at(cluster, 'spec', 'clusterTolerations', 'instanceConfig', 'initWorkers'), 0);

/** The labels of everything of one role. */
export const roleLabels = (cluster: JsonObject, role: ClusterRole): Record<string, string> => ({
  ...operatorLabels,
  [clusterLabel]: nameOf(cluster),
  'spark-role': role,
});

/** The name of the cluster that a pod belongs to; '' where it belongs to none. */
export const clusterOf = (pod: JsonObject): string => textOf(metadataLabels(pod)[clusterLabel]);
const metadataLabels = (object: JsonObject): JsonObject => objectOf(metadataOf(object).labels);

const ownerOf = (cluster: JsonObject): JsonObject => ({
  apiVersion: 'spark.apache.org/v1',
  kind: 'SparkCluster',
  name: nameOf(cluster),
  uid: uidOf(cluster),
  controller: true,
  blockOwnerDeletion: true,
});

interface Side {
  spec: 'masterSpec' | 'workerSpec';
  options: string;
  script: string;
  ports: [name: string, port: number][];
}

const sides: Record<ClusterRole, Side> = {
  master: {
    spec: 'masterSpec',
    options: 'SPARK_MASTER_OPTS',
    script: '/opt/spark/sbin/start-master.sh',
    ports: [
      ['web', 8080],
      ['spark', 7077],
      ['rest', 6066],
    ],
  },
  worker: { spec: 'workerSpec', options: 'SPARK_WORKER_OPTS', script: '/opt/spark/sbin/start-worker.sh', ports: [['web', 8081]] },
};

/** Pod `<name>-master-0` or `<name>-worker-N`, as its StatefulSet would make it (`SparkClusterResourceSpec`). */
export function clusterPod(cluster: JsonObject, role: ClusterRole, ordinal: number): JsonObject {
  const { options, ports, script, spec } = sides[role];
  const name = `${nameOf(cluster)}-${role}-${ordinal}`;
  const template = objectOf(at(cluster, 'spec', spec, 'statefulSetSpec', 'template'));
  const conf = Object.entries(objectOf(at(cluster, 'spec', 'sparkConf')));
  const master = `spark://${nameOf(cluster)}-master-svc:7077`;
  const own: JsonObject = {
    name: role,
    image: textOf(at(cluster, 'spec', 'sparkConf', 'spark.kubernetes.container.image')) || imageOf(cluster),
    command: ['bash'],
    args: role === 'master' ? [script] : [script, master],
    env: [
      { name: 'SPARK_NO_DAEMONIZE', value: '1' },
      { name: options, value: conf.map(([key, value]) => `-D${key}="${String(value)}"`).join(' ') },
    ],
    ports: ports.map(([port, containerPort]) => ({ name: port, containerPort, protocol: 'TCP' })),
  };
  const containers = listOf(at(template, 'spec', 'containers')).map(objectOf);
  const given = containers.find((container) => container.name === role) ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: namespaceOf(cluster),
      labels: {
        ...metadataLabels(template),
        ...roleLabels(cluster, role),
        'apps.kubernetes.io/pod-index': String(ordinal),
        'statefulset.kubernetes.io/pod-name': name,
      },
      ownerReferences: [ownerOf(cluster)],
    },
    spec: {
      terminationGracePeriodSeconds: 0,
      ...objectOf(template.spec),
      hostname: name,
      subdomain: `${nameOf(cluster)}-${role}-svc`,
      containers: [{ ...own, ...given }, ...containers.filter((container) => container.name !== role)],
    },
  };
}

const imageOf = (cluster: JsonObject): string =>
  `apache/spark:${textOf(at(cluster, 'spec', 'runtimeVersions', 'sparkVersion')) || '4.0.0'}`;

/** The headless services `<name>-master-svc` and `<name>-worker-svc`. */
export function clusterServices(cluster: JsonObject): JsonObject[] {
  return (['master', 'worker'] as const).map((role) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `${nameOf(cluster)}-${role}-svc`,
      namespace: namespaceOf(cluster),
      labels: roleLabels(cluster, role),
      ownerReferences: [ownerOf(cluster)],
    },
    spec: {
      clusterIP: 'None',
      selector: roleLabels(cluster, role),
      ports: sides[role].ports.map(([name, port]) => ({ name, port, targetPort: name, protocol: 'TCP' })),
    },
  }));
}
