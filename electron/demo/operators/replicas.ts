import { pods } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { ApiError } from '../api/status.ts';
import { type JsonObject, labelsOf, metadataOf, nameOf, textOf } from '../json.ts';
import type { World } from '../world.ts';

/** Equal pods in a certain number, as a ReplicationController or a StatefulSet keeps them; this cluster serves neither kind. */
export interface Replicas {
  namespace: string;
  /** Whether a pod of the namespace is one of them. */
  isOne(pod: JsonObject): boolean;
  wanted: number;
  /** The pod to create; with `generateName` it gets a random name, as those of a ReplicationController have. */
  pod(ordinal: number): JsonObject;
}

/** Creates what is missing and ends what is too much, the youngest first. False when the API server refused a pod. */
export function balance({ create, store }: World, { isOne, namespace, pod, wanted }: Replicas): boolean {
  const mine = store.list(pods, namespace).filter(isOne);
  const live = mine.filter((candidate) => metadataOf(candidate).deletionTimestamp === undefined);
  for (const surplus of live.toSorted(byAge).slice(wanted)) end(store, pods, surplus);
  const names = new Set(mine.map(nameOf));
  let missing = wanted - live.length;
  for (let ordinal = 0; missing > 0 && ordinal < wanted + mine.length; ordinal += 1) {
    const next = pod(ordinal);
    // A name that is taken, also by a pod that is about to go, has to wait.
    if (names.has(nameOf(next))) continue;
    missing -= 1;
    try {
      create(pods, next);
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }
  return true;
}

/** Whether an object carries all these labels. */
export const isLabelled = (object: JsonObject, labels: Record<string, string>): boolean =>
  Object.entries(labels).every(([label, value]) => labelsOf(object)[label] === value);

const ageOf = (pod: JsonObject): string => `${textOf(metadataOf(pod).creationTimestamp)} ${nameOf(pod)}`;
const byAge = (one: JsonObject, other: JsonObject): number => (ageOf(one) < ageOf(other) ? -1 : 1);
