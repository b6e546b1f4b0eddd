import { isObject, type Json, type JsonObject, listOf, objectOf, same, textOf } from '../../json.ts';
import type { Cause } from '../status.ts';
import { atLeast, duplicate, forbidden, noneTwice, oneOf, required, wrong } from './causes.ts';
import { containerCauses } from './containers.ts';
import { labelCauses } from './metadata.ts';
import { label } from './words.ts';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** What is wrong with the spec of a pod, or of the template at `path`. */
export function podSpecCauses(spec: JsonObject, path = 'spec'): Cause[] {
  const volumes = listOf(spec.volumes).map(objectOf);
  const volumeNames = new Set(volumes.map((volume) => textOf(volume.name)));
  const containers = listOf(spec.containers).map(objectOf);
  const initContainers = listOf(spec.initContainers).map(objectOf);
  const all = (list: JsonObject[], field: string) =>
    list.flatMap((one, index) => containerCauses(one, `${path}.${field}[${index}]`, volumeNames));
  return [
    ...volumeCauses(volumes, `${path}.volumes`),
    ...(containers.length === 0 ? [required(`${path}.containers`)] : []),
    ...all(containers, 'containers'),
    ...repeatedNames(containers, `${path}.containers`),
    ...all(initContainers, 'initContainers'),
    ...repeatedNames(initContainers, `${path}.initContainers`),
    ...oneOf(`${path}.restartPolicy`, spec.restartPolicy, restartPolicies),
    ...oneOf(`${path}.dnsPolicy`, spec.dnsPolicy, dnsPolicies),
    ...labelCauses(`${path}.nodeSelector`, objectOf(spec.nodeSelector)),
    ...deadlineCauses(`${path}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
    ...tolerationCauses(listOf(spec.tolerations).map(objectOf), `${path}.tolerations`),
  ];
}

const repeatedNames = (containers: JsonObject[], path: string): Cause[] =>
  noneTwice(containers.map((one, index) => [`${path}[${index}].name`, one.name]));

function deadlineCauses(field: string, seconds: Json | undefined): Cause[] {
  if (typeof seconds !== 'number' || (seconds >= 1 && seconds <= 2147483647)) return [];
  return [wrong(field, seconds, 'must be between 1 and 2147483647, inclusive')];
}

const neededInSource: Record<string, string> = {
  configMap: 'name',
  secret: 'secretName',
  persistentVolumeClaim: 'claimName',
  hostPath: 'path',
};

function volumeCauses(volumes: JsonObject[], path: string): Cause[] {
  const seen = new Set<string>();
  return volumes.flatMap((volume, index) => {
    const place = `${path}[${index}]`;
    const name = textOf(volume.name);
    const sentence = label(name);
    const twice = name !== '' && seen.has(name);
    seen.add(name);
    const sources = Object.keys(volume).filter((key) => key !== 'name' && isObject(volume[key]));
    return [
      ...sources.slice(1).map((source) => forbidden(`${place}.${source}`, 'may not specify more than 1 volume type')),
      ...sources.slice(0, 1).flatMap((source) => {
        const needed = neededInSource[source];
        return needed !== undefined && textOf(objectOf(volume[source])[needed]) === ''
          ? [required(`${place}.${source}.${needed}`)]
          : [];
      }),
      ...(name === '' ? [required(`${place}.name`)] : sentence === null ? [] : [wrong(`${place}.name`, name, sentence)]),
      ...(twice ? [duplicate(`${place}.name`, name)] : []),
    ];
  });
}

function tolerationCauses(tolerations: JsonObject[], path: string): Cause[] {
  return tolerations.flatMap(({ key, operator = 'Equal' }, index) => {
    const field = `${path}[${index}].operator`;
    const why = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    return [
      ...(textOf(key) === '' && operator !== 'Exists' ? [wrong(field, operator, why)] : []),
      ...oneOf(field, operator, ['Equal', 'Exists']),
    ];
  });
}

const mutable =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
  '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** What of a pod's spec may not change as it did: all but images, the deadline and further tolerations. */
export function podUpdateCauses(live: JsonObject, pod: JsonObject): Cause[] {
  const [before, after] = [objectOf(live.spec), objectOf(pod.spec)];
  for (const field of ['containers', 'initContainers']) {
    if (listOf(before[field]).length !== listOf(after[field]).length) {
      return [forbidden(`spec.${field}`, 'pod updates may not add or remove containers')];
    }
  }
  const kept = listOf(before.tolerations).every((old) => listOf(after.tolerations).some((one) => same(old, one)));
  const changed = !kept || !same(fixedPart(before), fixedPart(after));
  return [
    ...atLeast('spec.activeDeadlineSeconds', after.activeDeadlineSeconds, 0),
    ...(changed ? [forbidden('spec', mutable)] : []),
  ];
}

function fixedPart(spec: JsonObject): JsonObject {
  const { activeDeadlineSeconds: _deadline, tolerations: _tolerations, ...rest } = spec;
  const withoutImage = (value: Json | undefined): Json[] =>
    listOf(value).map((container) => {
      const { image: _, ...fixed } = objectOf(container);
      return fixed;
    });
  return { ...rest, containers: withoutImage(spec.containers), initContainers: withoutImage(spec.initContainers) };
}
