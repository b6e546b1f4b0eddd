import {
  isObject,
  type JsonObject,
  listOf,
  metadataOf,
  nameOf,
  namespaceOf,
  numberOf,
  objectOf,
  parseJson,
  textOf,
  uidOf,
} from '../json.ts';
import { timeText } from '../time.ts';
import { type Kind, namespaces, pods, qualified } from './kinds.ts';
import { ApiError, detailsOf, notFound } from './status.ts';
import { ownersOf, type Store } from './store.ts';
import type { Target } from './writes.ts';

/** Deletes as DELETE does; returns the answer's body. Pods on a node end first, the kubelet removes them. */
export function remove(store: Store, target: Target, text: string, query: URLSearchParams, kinds: Kind[]): JsonObject {
  const { kind, namespace, name } = target;
  const live = store.get(kind, namespace, name);
  if (live === null) throw notFound(kind, name);
  const options = text === '' ? {} : objectOf(parseJson(text));
  checkPreconditions(kind, live, objectOf(options.preconditions));
  const asked = query.get('gracePeriodSeconds');
  const grace = asked === null ? numberOf(options.gracePeriodSeconds, gracePeriodOf(live)) : Number(asked);
  const success = { ...detailsOf(kind, name), uid: uidOf(live) };
  const status: JsonObject = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: success };
  if (query.get('dryRun') === 'All' || listOf(options.dryRun).includes('All')) return kind === pods ? live : status;
  if (kind === namespaces) {
    for (const inside of kinds)
      for (const object of store.list(inside, name)) if (inside.namespaced) store.remove(inside, object);
  }
  const last = end(store, kind, live, grace);
  return kind === pods ? last : status;
}

const gracePeriodOf = (object: JsonObject): number => numberOf(objectOf(object.spec).terminationGracePeriodSeconds, 30);

/** Removes an object at once, or starts the graceful end of a pod that a kubelet runs. */
export function end(store: Store, kind: Kind, object: JsonObject, grace = gracePeriodOf(object)): JsonObject {
  const scheduled = textOf(objectOf(object.spec).nodeName) !== '';
  const metadata = metadataOf(object);
  if (kind !== pods || !scheduled || grace === 0) return store.remove(kind, object);
  if (metadata.deletionTimestamp !== undefined) return object;
  return store.put(kind, {
    ...object,
    metadata: {
      ...metadata,
      generation: numberOf(metadata.generation, 1) + 1,
      deletionTimestamp: timeText(store.time.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
    },
  });
}

function checkPreconditions(kind: Kind, live: JsonObject, wanted: JsonObject): void {
  const name = nameOf(live);
  const version = textOf(metadataOf(live).resourceVersion);
  const refuse = (why: string): ApiError => {
    const subject = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
    return new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${subject} "${name}": ${why}`, {
      name,
      ...(kind.group === '' ? {} : { group: kind.group }),
      kind: kind.kind,
    });
  };
  if (typeof wanted.uid === 'string' && wanted.uid !== uidOf(live)) {
    const what = `the UID in the precondition (${wanted.uid}) does not match the UID in record (${uidOf(live)})`;
    throw refuse(`${what}. The object might have been deleted and then recreated`);
  }
  if (typeof wanted.resourceVersion === 'string' && wanted.resourceVersion !== version) {
    const what = `the ResourceVersion in the precondition (${wanted.resourceVersion}) does not match the ResourceVersion in record (${version})`;
    throw refuse(`${what}. The object might have been modified`);
  }
}

/** The garbage collector: what has lost its last owner goes, what still has one forgets the lost ones. */
export function collectGarbage(store: Store, kinds: Kind[]): () => void {
  const uids = (): Set<string> => new Set(kinds.flatMap((kind) => store.list(kind, null).map(uidOf)));
  const sweep = (lost: string): void => {
    const alive = uids();
    for (const kind of kinds) {
      for (const object of store.list(kind, null)) {
        if (!ownersOf(object).includes(lost)) continue;
        const owners = listOf(metadataOf(object).ownerReferences).filter(isObject);
        const left = owners.filter((owner) => alive.has(textOf(owner.uid)));
        if (left.length === 0) end(store, kind, object);
        else store.put(kind, { ...object, metadata: { ...metadataOf(object), ownerReferences: left } });
      }
    }
  };
  return store.subscribe((change) => {
    if (change.type !== 'DELETED' || qualified(change.kind) === 'events' || namespaceOf(change.object) === '') return;
    setImmediate(() => sweep(uidOf(change.object)));
  });
}
