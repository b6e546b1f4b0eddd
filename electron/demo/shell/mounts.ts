import { configMaps, secrets } from '../api/kinds.ts';
import {
  at,
  isObject,
  type Json,
  type JsonObject,
  labelsOf,
  listOf,
  nameOf,
  namespaceOf,
  objectOf,
  own,
  textOf,
  uidOf,
} from '../json.ts';
import type { World } from '../world.ts';
import type { MountedFiles } from './files.ts';

/** Definition of the container `name` of a pod, an init container's included. */
export function containerOf(pod: JsonObject, name: string): JsonObject {
  const all = [...listOf(at(pod, 'spec', 'containers')), ...listOf(at(pod, 'spec', 'initContainers'))].filter(isObject);
  return all.find((container) => container.name === name) ?? {};
}

/** The files of the container's volumes, as they are when it starts. */
export function mountedFiles(world: Pick<World, 'store'>, pod: JsonObject, container: JsonObject): MountedFiles {
  const files: MountedFiles = { '/var/run/secrets/kubernetes.io/serviceaccount/namespace': namespaceOf(pod) };
  const volumes = new Map(listOf(at(pod, 'spec', 'volumes')).map((volume) => [textOf(at(volume, 'name')), volume]));
  for (const mount of listOf(container.volumeMounts)) {
    const path = textOf(at(mount, 'mountPath')).replace(/\/$/, '');
    const part = textOf(at(mount, 'subPath'));
    const content = volumeFiles(world, pod, volumes.get(textOf(at(mount, 'name'))));
    if (content.length === 0) files[`${path}/.keep`] = '';
    for (const [name, text] of content) {
      if (part === '') files[`${path}/${name}`] = text;
      else if (part === name) files[path] = text;
    }
  }
  return files;
}

function volumeFiles(world: Pick<World, 'store'>, pod: JsonObject, volume: Json | undefined): [string, string][] {
  const projected = listOf(at(volume, 'projected', 'sources')).flatMap((source) => sourceFiles(world, pod, source));
  return [...sourceFiles(world, pod, volume), ...projected];
}

function sourceFiles(world: Pick<World, 'store'>, pod: JsonObject, source: Json | undefined): [string, string][] {
  const namespace = namespaceOf(pod);
  const [map, secret] = [objectOf(at(source, 'configMap')), objectOf(at(source, 'secret'))];
  const config = world.store.get(configMaps, namespace, textOf(map.name));
  const hidden = world.store.get(secrets, namespace, textOf(secret.secretName ?? secret.name));
  const plain = Object.entries(objectOf(at(config ?? {}, 'data'))).map(([key, value]): [string, string] => [key, textOf(value)]);
  const decoded = Object.entries(objectOf(at(hidden ?? {}, 'data'))).map(([key, value]): [string, string] => [
    key,
    Buffer.from(textOf(value), 'base64').toString(),
  ]);
  return [...chosen(plain, map.items), ...chosen(decoded, secret.items)];
}

/** `items` chooses keys and gives them paths; without it all are there. */
function chosen(files: [string, string][], items: Json | undefined): [string, string][] {
  if (items === undefined) return files;
  const content = new Map(files);
  return listOf(items).map((item): [string, string] => [textOf(at(item, 'path')), content.get(textOf(at(item, 'key'))) ?? '']);
}

const IMAGE = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/spark/bin',
  SPARK_HOME: '/opt/spark',
  JAVA_HOME: '/usr/lib/jvm/java-17-openjdk-amd64',
  LANG: 'C.UTF-8',
  KUBERNETES_SERVICE_HOST: '10.96.0.1',
  KUBERNETES_SERVICE_PORT: '443',
  HOME: '/home/spark',
};

/** The environment of a container: the image's, the pod's, and what `env` and `envFrom` name. */
export function environmentOf(world: Pick<World, 'store'>, pod: JsonObject, container: JsonObject): Record<string, string> {
  const environment: Record<string, string> = { ...IMAGE, HOSTNAME: textOf(at(pod, 'spec', 'hostname')) || nameOf(pod) };
  for (const source of listOf(container.envFrom)) {
    const prefix = textOf(at(source, 'prefix'));
    const named = { configMap: at(source, 'configMapRef') ?? null, secret: at(source, 'secretRef') ?? null };
    for (const [key, value] of sourceFiles(world, pod, named)) environment[prefix + key] = value;
  }
  for (const entry of listOf(container.env)) {
    const value = textOf(at(entry, 'value')).replace(/\$\((\w+)\)/g, (all, name: string) =>
      textOf(own(environment, name) ?? all),
    );
    environment[textOf(at(entry, 'name'))] =
      at(entry, 'valueFrom') === undefined ? value : valueFrom(world, pod, at(entry, 'valueFrom'));
  }
  return environment;
}

function valueFrom(world: Pick<World, 'store'>, pod: JsonObject, source: Json | undefined): string {
  const field = textOf(at(source, 'fieldRef', 'fieldPath'));
  if (field !== '') return fieldOf(pod, field);
  const map = objectOf(at(source, 'configMapKeyRef'));
  const secret = objectOf(at(source, 'secretKeyRef'));
  const files = sourceFiles(world, pod, { configMap: map, secret });
  return new Map(files).get(textOf(map.key ?? secret.key)) ?? '';
}

/** A field of the downward API. */
function fieldOf(pod: JsonObject, path: string): string {
  const [, label] = /^metadata\.labels\['(.+)'\]$/.exec(path) ?? [];
  if (label !== undefined) return textOf(own(labelsOf(pod), label));
  if (path === 'metadata.uid') return uidOf(pod);
  return textOf(at(pod, ...path.split('.')));
}
