import { pods } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { notFound } from '../api/status.ts';
import { type JsonObject, objectOf, parseJson } from '../json.ts';
import type { World } from '../world.ts';
import { withCondition } from './pod-status.ts';

/**
 * Answers POST of `pods/eviction`: the pod is marked as disrupted and then deleted with its grace period, or that of the request's body.
 * There are no disruption budgets. Throws 404.
 */
export function evict({ store, time }: World, namespace: string, name: string, text: string): JsonObject {
  const pod = store.get(pods, namespace, name);
  if (pod === null) throw notFound(pods, name);
  const { gracePeriodSeconds } = objectOf(objectOf(parseJson(text)).deleteOptions);
  const why = { reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' };
  const marked = store.put(pods, withCondition(pod, { type: 'DisruptionTarget', status: 'True', ...why }, time.text()));
  end(store, pods, marked, typeof gracePeriodSeconds === 'number' ? { gracePeriod: gracePeriodSeconds } : {});
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}
