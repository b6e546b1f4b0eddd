import { at, isObject, type Json, type JsonObject, labelsOf, listOf, objectOf, textOf } from '../../json.ts';

const HADOOP = '/etc/hadoop/conf';
const SPARK = '/etc/spark/conf';

/** What is added to lists, of the pod and of its Spark container. */
interface Added {
  volumes: JsonObject[];
  mounts: JsonObject[];
  env: JsonObject[];
}

const nothing: Added = { volumes: [], mounts: [], env: [] };

const append = (list: Json | undefined, more: Json[]): JsonObject | Json[] => [...listOf(list), ...more];
const some = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => isFilled(value)));
const isFilled = (value: Json): boolean => value !== null && !(Array.isArray(value) && value.length === 0) && value !== '';

function configMapAt(name: string, volume: string, mountPath: string, env: JsonObject[]): Added {
  if (name === '') return nothing;
  return { volumes: [{ name: volume, configMap: { name } }], mounts: [{ name: volume, mountPath }], env };
}

/** Volumes the side mounts; those named `spark-local-dir-*` are spark-submit's, and a mount without its volume is left out. */
function mounted(spec: JsonObject, side: JsonObject): Added {
  const volumes = listOf(spec.volumes).filter(isObject);
  const mounts = listOf(side.volumeMounts)
    .filter(isObject)
    .filter(({ name }) => !textOf(name).startsWith('spark-local-dir-') && volumes.some((volume) => volume.name === name));
  const used = volumes.filter((volume) => mounts.some(({ name }) => name === volume.name));
  return { volumes: used, mounts, env: [] };
}

function added(spec: JsonObject, side: JsonObject): Added {
  const parts = [
    configMapAt(textOf(spec.hadoopConfigMap), 'hadoop-configmap-volume', HADOOP, [{ name: 'HADOOP_CONF_DIR', value: HADOOP }]),
    configMapAt(textOf(spec.sparkConfigMap), 'spark-configmap-volume', SPARK, [{ name: 'SPARK_CONF_DIR', value: SPARK }]),
    ...listOf(side.configMaps).map((one) =>
      configMapAt(textOf(at(one, 'name')), `${textOf(at(one, 'name'))}-vol`, textOf(at(one, 'path')), []),
    ),
    mounted(spec, side),
  ];
  return {
    volumes: parts.flatMap((part) => part.volumes),
    mounts: parts.flatMap((part) => part.mounts),
    env: parts.flatMap((part) => part.env),
  };
}

function container(before: JsonObject, side: JsonObject, more: Added): JsonObject {
  const limits = some({
    memory: side.memoryLimit ?? null,
    ...(isObject(side.gpu) ? { [textOf(side.gpu.name)]: String(side.gpu.quantity) } : {}),
  });
  const resources = objectOf(before.resources);
  return some({
    ...before,
    env: append(before.env, [...listOf(side.env), ...more.env]),
    envFrom: append(before.envFrom, listOf(side.envFrom)),
    ports: append(before.ports, listOf(side.ports)),
    volumeMounts: append(before.volumeMounts, more.mounts),
    resources: { ...resources, limits: { ...objectOf(resources.limits), ...limits } },
    securityContext: side.securityContext ?? before.securityContext ?? null,
    lifecycle: side.lifecycle ?? before.lifecycle ?? null,
  });
}

/**
 * A driver or executor pod with the fields of its application that no argument of spark-submit carries: the pod webhook adds them when
 * Spark creates the pod, and without it they are lost (reference §4).
 */
export function mutatedPod(pod: JsonObject, application: JsonObject): JsonObject {
  const role = labelsOf(pod)['spark-role'];
  const spec = objectOf(application.spec);
  const side = objectOf(role === 'driver' || role === 'executor' ? spec[role] : undefined);
  const before = objectOf(pod.spec);
  const more = added(spec, side);
  const [first, ...others] = listOf(before.containers).filter(isObject);
  const overriding = some({
    hostNetwork: side.hostNetwork ?? null,
    dnsPolicy: side.hostNetwork === true ? 'ClusterFirstWithHostNet' : null,
    hostAliases: side.hostAliases ?? null,
    dnsConfig: side.dnsConfig ?? null,
    priorityClassName: side.priorityClassName ?? null,
    schedulerName: spec.batchScheduler ?? side.schedulerName ?? null,
    affinity: side.affinity ?? null,
    securityContext: side.podSecurityContext ?? null,
    terminationGracePeriodSeconds: side.terminationGracePeriodSeconds ?? null,
    shareProcessNamespace: side.shareProcessNamespace ?? null,
  });
  const lists = some({
    volumes: append(before.volumes, more.volumes),
    tolerations: append(before.tolerations, listOf(side.tolerations)),
    initContainers: append(before.initContainers, listOf(side.initContainers)),
  });
  const selector = { ...objectOf(before.nodeSelector), ...objectOf(side.nodeSelector) };
  return {
    ...pod,
    spec: {
      ...before,
      ...overriding,
      ...lists,
      ...(Object.keys(selector).length === 0 ? {} : { nodeSelector: selector }),
      containers: [...(first === undefined ? [] : [container(first, side, more)]), ...others, ...listOf(side.sidecars)],
    },
  };
}
