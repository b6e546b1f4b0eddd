import type { ApplicationRow, ApplicationsBatch } from '../../../shared/contract/applications.ts';
import type { Freshness } from '../../../shared/contract/freshness.ts';
import { operators } from '../../../shared/spark/operators/index.ts';
import { applicationRow } from '../../../shared/spark/row.ts';
import { type Operator, operatorSchema } from '../../../shared/spark/state.ts';
import type { ApiObject, Change, WatchCaches } from '../../watch/index.ts';
import { worstOf } from './freshness.ts';
import { meetingKey, objectsOf, operatorsWithObjects, sparkPodsIn } from './resources.ts';

interface Application {
  operator: Operator;
  object: ApiObject;
  key: string;
}

/** What was loading, seen as one: the rows stand still until all kinds are listed once. */
const loadingFreshness: Freshness = { state: 'loading', received: 0 };

/**
 * Rows of all operators' applications in one namespace (null: in all), kept current. Pods are indexed by what they say they
 * belong to, so a change costs the rows it touches and not the length of the list. The returned function ends it.
 */
export function listApplications(
  caches: WatchCaches,
  context: string,
  namespace: string | null,
  push: (batch: ApplicationsBatch) => void,
): () => void {
  const applications = new Map<string, Application>();
  const byKey = new Map<string, Set<string>>();
  const pods = new Map<string, { object: ApiObject; keys: string[] }>();
  const podsByKey = new Map<string, Map<string, ApiObject>>();
  const freshness = new Map<Operator, Freshness>(operatorSchema.options.map((operator) => [operator, loadingFreshness]));
  const touched = new Set<string>();
  const rows = new Map<string, string>();
  let gone = new Set<string>();
  let told = '';
  let reset = true;
  let scheduled = false;
  let closed = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(flush);
  }

  function flush(): void {
    scheduled = false;
    if (closed) return;
    const changed = [...touched].map(row).filter((each): each is ApplicationRow => each !== null && isNews(each));
    const all = [...freshness];
    const trust = {
      freshness: worstOf(all.map(([, each]) => each)),
      unseen: all.filter(([, each]) => each.state === 'refused').map(([operator, each]) => ({ operator, freshness: each })),
    };
    const trustText = JSON.stringify(trust);
    const isSilent = !reset && changed.length === 0 && gone.size === 0 && trustText === told;
    if (!isSilent) push({ reset, changed, gone: [...gone], ...trust });
    touched.clear();
    gone = new Set();
    reset = false;
    told = trustText;
  }

  /** Most changes of a pod (a condition, an annotation) leave the row as it was. */
  function isNews(each: ApplicationRow): boolean {
    const text = JSON.stringify(each);
    if (rows.get(each.uid) === text) return false;
    rows.set(each.uid, text);
    return true;
  }

  function row(uid: string): ApplicationRow | null {
    const application = applications.get(uid);
    if (application === undefined) return null;
    const { operator, object, key } = application;
    const claimed = [...(podsByKey.get(key)?.values() ?? [])];
    return applicationRow(
      operator,
      object,
      claimed.filter((pod) => operators[operator].ownsPod(object, pod)),
    );
  }

  function put(operator: Operator, object: ApiObject): void {
    const name = meetingKey(operators[operator], object);
    const { uid, namespace: where = '' } = object.metadata;
    const key = `${operator}/${where}/${name}`;
    // A pod may be labelled anew: it is another application then, or none.
    if (name === null || applications.get(uid)?.key !== key) remove(uid);
    if (name === null) return;
    applications.set(uid, { operator, object, key });
    within(byKey, key, () => new Set<string>()).add(uid);
    touched.add(uid);
    gone.delete(uid);
  }

  function remove(uid: string): void {
    const application = applications.get(uid);
    if (application === undefined) return;
    applications.delete(uid);
    rows.delete(uid);
    const others = byKey.get(application.key);
    others?.delete(uid);
    if (others?.size === 0) byKey.delete(application.key);
    touched.delete(uid);
    gone.add(uid);
  }

  function forget(operator: Operator): void {
    for (const [uid, application] of applications) if (application.operator === operator) remove(uid);
  }

  function touch(keys: string[]): void {
    for (const key of keys) for (const uid of byKey.get(key) ?? []) touched.add(uid);
  }

  function removePod(uid: string): void {
    const pod = pods.get(uid);
    if (pod === undefined) return;
    pods.delete(uid);
    for (const key of pod.keys) {
      const others = podsByKey.get(key);
      others?.delete(uid);
      if (others?.size === 0) podsByKey.delete(key);
    }
    touch(pod.keys);
  }

  function putPod(object: ApiObject): void {
    const { uid, namespace: where = '' } = object.metadata;
    removePod(uid);
    const keys = operatorSchema.options.flatMap((operator) => {
      const name = operators[operator].applicationOfPod(object);
      return name === null ? [] : [`${operator}/${where}/${name}`];
    });
    pods.set(uid, { object, keys });
    for (const key of keys) within(podsByKey, key, () => new Map<string, ApiObject>()).set(uid, object);
    put('spark-submit', object);
    touch(keys);
  }

  function follow(operator: Operator, each: (change: Change) => void, forgetAll: () => void) {
    const resource = operator === 'spark-submit' ? sparkPodsIn(namespace) : objectsOf(operator, namespace);
    return caches.subscribe(context, resource, {
      onChanges(changes, all) {
        if (all) forgetAll();
        changes.forEach(each);
        schedule();
      },
      onFreshness(next) {
        freshness.set(operator, next);
        schedule();
      },
    });
  }

  const ends = operatorsWithObjects.map((operator) =>
    follow(
      operator,
      ({ type, object }) => (type === 'deleted' ? remove(object.metadata.uid) : put(operator, object)),
      () => forget(operator),
    ),
  );
  ends.push(
    follow(
      'spark-submit',
      ({ type, object }) => {
        if (type !== 'deleted') return putPod(object);
        remove(object.metadata.uid);
        removePod(object.metadata.uid);
      },
      () => {
        forget('spark-submit');
        for (const uid of [...pods.keys()]) removePod(uid);
      },
    ),
  );
  return () => {
    closed = true;
    for (const end of ends) end();
  };
}

function within<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}

/** Two batches as one, for a reader that was slower than the cluster. */
export function foldBatches(before: ApplicationsBatch, after: ApplicationsBatch): ApplicationsBatch {
  if (after.reset) return after;
  const changed = new Map(before.changed.map((row) => [row.uid, row]));
  const gone = new Set(before.gone);
  for (const row of after.changed) {
    changed.set(row.uid, row);
    gone.delete(row.uid);
  }
  for (const uid of after.gone) {
    changed.delete(uid);
    gone.add(uid);
  }
  return { ...after, reset: before.reset, changed: [...changed.values()], gone: [...gone] };
}
