import type { Change } from '../../api/store.ts';
import { at, type JsonObject, objectOf, same } from '../../json.ts';

/** What the operator makes of a change of one of its objects. */
export interface Reaction {
  /** Delete all that carries the object's labels. */
  clear: boolean;
  /** Create what is missing of what the object asks for. */
  deploy: boolean;
  /** What it then writes into `status.state`; the job's own state is never told. */
  state: 'ready' | 'scaled' | null;
}

/**
 * A new application is deployed, an edited one deleted and deployed anew (`AbstractOperator.onModify`); a cluster is deployed over what
 * is there, which is called `scaled` where nothing but the number of workers is new (`SparkClusterOperator`). Null for a write of the
 * status.
 */
export function react({ before, object, type }: Pick<Change, 'before' | 'object' | 'type'>): Reaction | null {
  if (type === 'DELETED') return { clear: true, deploy: false, state: null };
  if (before === null) return { clear: false, deploy: true, state: 'ready' };
  if (same(before.spec, object.spec)) return null;
  if (object.kind !== 'SparkCluster') return { clear: true, deploy: true, state: 'ready' };
  const isScaled = same(withoutWorkers(before), withoutWorkers(object));
  return { clear: false, deploy: true, state: isScaled ? 'scaled' : 'ready' };
}

function withoutWorkers(cluster: JsonObject): JsonObject {
  const { instances: _, ...worker } = objectOf(at(cluster, 'spec', 'worker'));
  return { ...objectOf(cluster.spec), worker };
}
