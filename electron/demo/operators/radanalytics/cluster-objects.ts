import { at, type JsonObject, listOf, nameOf, namespaceOf, numberOf, objectOf, textOf } from '../../json.ts';
import { defaultImage, GROUP, labelsFor, texts } from './names.ts';

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
