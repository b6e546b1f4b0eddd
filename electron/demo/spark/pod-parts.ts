import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import { below, mebibytes, type SparkConf, settingOf } from './conf.ts';

/** The two roles of Spark's pods, as keys of the configuration name them. */
export type Role = 'driver' | 'executor';

/** What a feature of the configuration adds to a pod. */
export interface PodParts {
  volumes: JsonObject[];
  mounts: JsonObject[];
  env: JsonObject[];
}

/** `spark.kubernetes.<role>.secrets.*` and `.secretKeyRef.*`. */
export function secretParts(conf: SparkConf, role: Role): PodParts {
  const secrets = below(conf, `spark.kubernetes.${role}.secrets.`);
  return {
    volumes: secrets.map(([name]) => ({ name: `${name}-volume`, secret: { secretName: name } })),
    mounts: secrets.map(([name, mountPath]) => ({ name: `${name}-volume`, mountPath })),
    env: below(conf, `spark.kubernetes.${role}.secretKeyRef.`).map(([variable, reference]) => {
      const [name = '', key = ''] = reference.split(':');
      return { name: variable, valueFrom: { secretKeyRef: { name, key } } };
    }),
  };
}

/** `spark.kubernetes.<role>.volumes.<type>.<name>.*`; `local` are those that Spark uses for its scratch space. */
export function volumeParts(conf: SparkConf, role: Role): PodParts & { local: string[] } {
  const named = new Map<string, { type: string; settings: Map<string, string> }>();
  for (const [key, value] of below(conf, `spark.kubernetes.${role}.volumes.`)) {
    const [type = '', name = '', ...rest] = key.split('.');
    const volume = named.get(name) ?? { type, settings: new Map<string, string>() };
    volume.settings.set(rest.join('.'), value);
    named.set(name, volume);
  }
  const parts: PodParts & { local: string[] } = { volumes: [], mounts: [], env: [], local: [] };
  for (const [name, { type, settings }] of named) {
    const mountPath = settings.get('mount.path') ?? '';
    const subPath = settings.get('mount.subPath') ?? '';
    const readOnly = settings.get('mount.readOnly') === 'true';
    parts.volumes.push({ name, ...volumeSource(type, settings, readOnly) });
    parts.mounts.push({ name, mountPath, ...(subPath === '' ? {} : { subPath }), ...(readOnly ? { readOnly } : {}) });
    if (name.startsWith('spark-local-dir-')) parts.local.push(mountPath);
  }
  return parts;
}

function volumeSource(type: string, settings: ReadonlyMap<string, string>, readOnly: boolean): JsonObject {
  const given = (...names: string[]): JsonObject =>
    Object.fromEntries(
      names.flatMap((name) => (settings.has(`options.${name}`) ? [[name, settings.get(`options.${name}`) ?? '']] : [])),
    );
  if (type === 'hostPath') return { hostPath: { type: '', ...given('path', 'type') } };
  if (type === 'nfs') return { nfs: given('path', 'server') };
  if (type === 'persistentVolumeClaim')
    return { persistentVolumeClaim: { ...given('claimName'), ...(readOnly ? { readOnly } : {}) } };
  return { emptyDir: given('medium', 'sizeLimit') };
}

/** Requests and limits of the Spark container. `memory`: MiB with overhead. */
export function resourcesOf(conf: SparkConf, role: Role, memory: number): JsonObject {
  const cpu = settingOf(conf, `spark.kubernetes.${role}.request.cores`, `spark.${role}.cores`) || '1';
  const limit = settingOf(conf, `spark.kubernetes.${role}.limit.cores`);
  const both = { memory: `${memory}Mi` };
  return { limits: { ...(limit === '' ? {} : { cpu: limit }), ...both }, requests: { cpu, ...both } };
}

/** Heap of a role in MiB, 1 GiB unless set. */
export const heapOf = (conf: SparkConf, role: Role): number => mebibytes(settingOf(conf, `spark.${role}.memory`) || '1g');

/** `spark.kubernetes.node.selector.*` and `spark.kubernetes.<role>.node.selector.*`. */
export const nodeSelectorOf = (conf: SparkConf, role: Role): JsonObject =>
  Object.fromEntries([
    ...below(conf, 'spark.kubernetes.node.selector.'),
    ...below(conf, `spark.kubernetes.${role}.node.selector.`),
  ]);

/** `spark.kubernetes.container.image.pullSecrets`, as a pod refers to them. */
export function pullSecretsOf(conf: SparkConf): JsonObject[] {
  const names = settingOf(conf, 'spark.kubernetes.container.image.pullSecrets').split(',');
  return names.filter((name) => name.trim() !== '').map((name) => ({ name: name.trim() }));
}

/** A pod's own part and its Spark container, apart. */
export interface SplitTemplate {
  metadata: JsonObject;
  spec: JsonObject;
  container: JsonObject;
}

/** Takes the Spark container out of a template: the named one, else the first. */
export function splitTemplate(template: JsonObject | undefined, containerName: string): SplitTemplate {
  const spec = objectOf(template?.spec);
  const containers = listOf(spec.containers).filter(isObject);
  const container = containers.find((one) => one.name === containerName) ?? (containerName === '' ? containers[0] : undefined);
  const { creationTimestamp: _, ...metadata } = objectOf(template?.metadata);
  return { metadata, spec: { ...spec, containers: containers.filter((one) => one !== container) }, container: container ?? {} };
}

/** Lays Spark's pod over a template: lists are joined, what Spark sets wins. The Spark container comes last. */
export function overTemplate(
  template: SplitTemplate,
  pod: { metadata: JsonObject; spec: JsonObject; container: JsonObject },
): JsonObject {
  const container = joined(template.container, pod.container);
  const base = joined(objectOf(template.container.resources), {});
  const resources = objectOf(pod.container.resources);
  container.resources = {
    ...base,
    limits: { ...objectOf(base.limits), ...objectOf(resources.limits) },
    requests: { ...objectOf(base.requests), ...objectOf(resources.requests) },
  };
  const spec = joined(template.spec, pod.spec);
  spec.containers = [...listOf(template.spec.containers), container];
  return { kind: 'Pod', apiVersion: 'v1', metadata: joined(template.metadata, pod.metadata), spec };
}

function joined(below: JsonObject, above: JsonObject): JsonObject {
  const result: JsonObject = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const earlier: Json | undefined = below[key];
    if (Array.isArray(value)) result[key] = [...listOf(earlier), ...value];
    else if (isObject(value) && isObject(earlier)) result[key] = { ...earlier, ...value };
    else result[key] = value;
  }
  return result;
}

/** A container port as Spark declares it. */
export const port = (name: string, containerPort: number): JsonObject => ({ name, containerPort, protocol: 'TCP' });

/** An environment variable from the pod's own status or metadata. */
export const fieldVariable = (name: string, fieldPath: string): JsonObject => ({
  name,
  valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
});

/** The value of a container's environment variable, or ''. */
export function variableOf(container: JsonObject, name: string): string {
  const variable = listOf(container.env)
    .filter(isObject)
    .find((one) => one.name === name);
  return textOf(variable?.value);
}
