import { jobs, pods } from '../api/kinds.ts';
import { at, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';
import { passOver } from './job-pass.ts';
import { isOver, isTracked, jobUidOf, untrack } from './job-pods.ts';
import type { Moments } from './job-view.ts';

/** Runs batch/v1 Jobs without an index. Every change of a Job or of one of its pods wakes it; several at once count as one. */
export function startJobs(world: World): () => void {
  const { store, time } = world;
  const awake = new Set<string>();
  const moments = new Map<string, Moments>();

  const wake = (namespace: string, name: string, uid: string): void => {
    if (awake.has(uid)) return;
    awake.add(uid);
    setImmediate(() => {
      awake.delete(uid);
      const job = store.get(jobs, namespace, name);
      if (job === null || uidOf(job) !== uid || metadataOf(job).deletionTimestamp !== undefined || time.ended()) return;
      const known = moments.get(uid) ?? new Map<string, number>();
      moments.set(uid, known);
      const due = passOver(world, job, known);
      if (due !== null) void time.pace(due).then(() => wake(namespace, name, uid));
    });
  };
  const see = (pod: JsonObject): void => {
    const uid = jobUidOf(pod);
    if (uid === '') return;
    const owner = listOf(metadataOf(pod).ownerReferences).find((one) => at(one, 'uid') === uid);
    const name = textOf(at(owner, 'name'));
    const job = store.get(jobs, namespaceOf(pod), name);
    if (job !== null && uidOf(job) === uid) wake(namespaceOf(pod), name, uid);
    // Nobody counts the pods of a Job that is gone.
    else if (isTracked(pod) && (isOver(pod) || metadataOf(pod).deletionTimestamp !== undefined))
      setImmediate(untrack, world, pod);
  };
  return store.subscribe(({ kind, type, object }) => {
    if (time.ended()) return;
    if (kind === pods) see(object);
    if (kind === jobs && type === 'DELETED') moments.delete(uidOf(object));
    else if (kind === jobs) wake(namespaceOf(object), nameOf(object), uidOf(object));
  });
}
