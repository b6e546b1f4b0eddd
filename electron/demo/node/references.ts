import { configMaps, type Kind, persistentVolumeClaims, secrets } from '../api/kinds.ts';
import { at, isObject, type Json, type JsonObject, listOf, namespaceOf, objectOf, textOf } from '../json.ts';
import type { World } from '../world.ts';

const words = new Map<Kind, string>([
  [configMaps, 'configmap'],
  [secrets, 'secret'],
  [persistentVolumeClaims, 'persistentvolumeclaim'],
]);

/** What keeps a container from being created, in the kubelet's words: a ConfigMap or Secret of its environment that is not there. */
export function environmentProblem(world: World, pod: JsonObject, container: JsonObject): string | null {
  for (const source of listOf(container.envFrom).filter(isObject)) {
    const problem =
      missing(world, pod, configMaps, source.configMapRef, 'name') ?? missing(world, pod, secrets, source.secretRef, 'name');
    if (problem !== null) return problem;
  }
  for (const variable of listOf(container.env)) {
    const from = objectOf(at(variable, 'valueFrom'));
    const problem =
      missingKey(world, pod, configMaps, from.configMapKeyRef) ?? missingKey(world, pod, secrets, from.secretKeyRef);
    if (problem !== null) return problem;
  }
  return null;
}

function missing(world: World, pod: JsonObject, kind: Kind, reference: Json | undefined, field: string): string | null {
  if (!isObject(reference) || reference.optional === true) return null;
  const name = textOf(reference[field]);
  return world.store.get(kind, namespaceOf(pod), name) === null ? `${words.get(kind)} "${name}" not found` : null;
}

function missingKey(world: World, pod: JsonObject, kind: Kind, reference: Json | undefined): string | null {
  const absent = missing(world, pod, kind, reference, 'name');
  if (absent !== null || !isObject(reference) || reference.optional === true) return absent;
  const name = textOf(reference.name);
  const key = textOf(reference.key);
  const found = world.store.get(kind, namespaceOf(pod), name);
  if (found === null || key in { ...objectOf(found.data), ...objectOf(found.binaryData) }) return null;
  return `couldn't find key ${key} in ${kind.kind} ${namespaceOf(pod)}/${name}`;
}

/** What a volume lacks, as the event FailedMount says it. */
export function volumeProblems(world: World, pod: JsonObject): string[] {
  return listOf(at(pod, 'spec', 'volumes'))
    .filter(isObject)
    .flatMap((volume) => {
      const problem = sourceProblem(world, pod, volume);
      return problem === null ? [] : [`MountVolume.SetUp failed for volume "${textOf(volume.name)}" : ${problem}`];
    });
}

function sourceProblem(world: World, pod: JsonObject, volume: JsonObject): string | null {
  const projected = listOf(at(volume, 'projected', 'sources')).filter(isObject);
  for (const source of projected) {
    const problem =
      missing(world, pod, configMaps, source.configMap, 'name') ?? missing(world, pod, secrets, source.secret, 'name');
    if (problem !== null) return `[${problem}]`;
  }
  return (
    missing(world, pod, configMaps, volume.configMap, 'name') ??
    missing(world, pod, secrets, volume.secret, 'secretName') ??
    missing(world, pod, persistentVolumeClaims, volume.persistentVolumeClaim, 'claimName') ??
    missingItem(world, pod, configMaps, volume.configMap, 'name') ??
    missingItem(world, pod, secrets, volume.secret, 'secretName')
  );
}

function missingItem(world: World, pod: JsonObject, kind: Kind, reference: Json | undefined, field: string): string | null {
  if (!isObject(reference)) return null;
  const found = world.store.get(kind, namespaceOf(pod), textOf(reference[field]));
  if (found === null) return null;
  const data = { ...objectOf(found.data), ...objectOf(found.binaryData) };
  const absent = listOf(reference.items)
    .map((item) => textOf(at(item, 'key')))
    .find((key) => !Object.hasOwn(data, key));
  const what = kind === configMaps ? 'config' : 'secret';
  return absent === undefined ? null : `${words.get(kind)} references non-existent ${what} key: ${absent}`;
}
