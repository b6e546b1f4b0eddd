import { pods } from '../api/kinds.ts';
import { badRequest, notFound } from '../api/status.ts';
import type { UpgradeCall } from '../api/upgrade.ts';
import { at, isObject, type JsonObject, listOf, nameOf, textOf } from '../json.ts';

/** The pod of a call. Throws 404 when there is none. */
export function existingPod({ world, namespace, name }: Pick<UpgradeCall, 'world' | 'namespace' | 'name'>): JsonObject {
  const pod = world.store.get(pods, namespace, name);
  if (pod === null) throw notFound(pods, name);
  return pod;
}

/** Throws as the server does when no node has the pod yet. */
export function requireHost(pod: JsonObject): void {
  if (textOf(at(pod, 'spec', 'nodeName')) === '') throw badRequest(`pod ${nameOf(pod)} does not have a host assigned`);
}

const namesAt = (pod: JsonObject, field: string): string[] =>
  listOf(at(pod, 'spec', field))
    .filter(isObject)
    .map(({ name }) => textOf(name));

/** Names of the containers that run side by side in a pod. */
export const containersOf = (pod: JsonObject): string[] => namesAt(pod, 'containers');

/** The container a call is about. Throws when the pod has none of that name, or several and none is named. */
export function chosenContainer(pod: JsonObject, query: URLSearchParams): string {
  const containers = containersOf(pod);
  const all = [...namesAt(pod, 'initContainers'), ...containers, ...namesAt(pod, 'ephemeralContainers')];
  const asked = query.get('container') ?? '';
  if (asked === '') {
    const [only, ...more] = containers;
    if (only !== undefined && more.length === 0) return only;
    throw badRequest(`a container name must be specified for pod ${nameOf(pod)}, choose one of: [${all.join(' ')}]`);
  }
  if (!all.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${nameOf(pod)}`);
  return asked;
}

/** A switch of the query: `1` and `true` are on. */
export const isOn = (query: URLSearchParams, name: string): boolean => /^(1|true)$/i.test(query.get(name) ?? '');
