import { textAt } from '../../shared/json.ts';
import type { Cluster } from '../clusters/index.ts';
import type { Standing } from './follow.ts';
import { instancesOf } from './instances.ts';

/** One start of a container of one pod. */
export interface InstancePlace {
  namespace: string;
  pod: string;
  /** Of the pod: another one may have its name. */
  uid: string;
  container: string;
  restart: number;
}

/** Asks the API server how an instance of a container stands. Throws `FailureError`, `not-found` where there is no such pod. */
export async function standingOf(cluster: Cluster, place: InstancePlace, signal: AbortSignal): Promise<Standing> {
  const { namespace, pod, uid, container, restart } = place;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`;
  const { body } = await cluster.request({ method: 'GET', path, signal });
  if (textAt(body, 'metadata', 'uid') !== uid) return 'gone';
  const found = instancesOf(body).find((instance) => instance.container === container && instance.restart === restart);
  if (found === undefined) return 'gone';
  // It had started when it was first seen: a status that is older than that says nothing.
  return found.standing === 'pending' ? 'running' : found.standing;
}
