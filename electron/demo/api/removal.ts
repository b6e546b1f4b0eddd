import { type JsonObject, listOf, metadataOf, nameOf, numberOf, objectOf, textOf, uidOf } from '../json.ts';
import { timeText } from '../time.ts';
import type { World } from '../world.ts';
import { isTerminating } from './admission/namespace.ts';
import type { Target } from './commit.ts';
import { type Kind, namespaces, pods } from './kinds.ts';
import { type DeleteOptions, deleteOptions, type Propagation } from './options.ts';
import { ApiError, detailsOf, notFound } from './status.ts';
import type { Store } from './store.ts';

const protectedNamespaces = new Set(['default', 'kube-system', 'kube-public']);

/** Deletes as DELETE does; returns the answer's body: the object where it is still there for a while, otherwise a Status. */
export function remove(world: World, target: Target, text: string, query: URLSearchParams): JsonObject {
  const { kind, namespace, name } = target;
  const options = deleteOptions(query, text);
  const live = world.store.get(kind, namespace, name);
  if (live === null) throw notFound(kind, name);
  if (kind === namespaces && protectedNamespaces.has(name)) {
    const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`;
    throw new ApiError(403, 'Forbidden', message, detailsOf(kind, name));
  }
  checkPreconditions(kind, live, options.preconditions);
  const details = { ...detailsOf(kind, name), uid: uidOf(live) };
  const status: JsonObject = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  if (options.dryRun) return kind === pods ? live : status;
  const last = end(world.store, kind, live, options);
  const stays = world.store.get(kind, namespace, name) !== null;
  return stays || kind === pods ? last : status;
}

const gracePeriodOf = (object: JsonObject): number => numberOf(objectOf(object.spec).terminationGracePeriodSeconds, 30);

/** How an object is to end; everything has a default. */
export type Ending = Partial<Pick<DeleteOptions, 'gracePeriod' | 'propagation'>>;

/**
 * Begins the end of an object, and completes it where nothing holds it: no finalizer, no kubelet that has to stop a pod first, and for a
 * namespace nothing inside. Returns what it was last.
 */
export function end(store: Store, kind: Kind, object: JsonObject, ending: Ending = {}): JsonObject {
  const grace = graceOf(kind, object, ending.gracePeriod ?? null);
  const finalizers = finalizersFor(object, ending.propagation ?? null);
  const metadata = metadataOf(object);
  if (isTerminating(object)) {
    if (grace >= numberOf(metadata.deletionGracePeriodSeconds, 0)) return object;
  } else if (grace === 0 && finalizers.length === 0 && kind !== namespaces && kind !== pods) return store.remove(kind, object);
  const { generation, finalizers: _, ...rest } = metadata;
  const counted = typeof generation === 'number' ? { generation: isTerminating(object) ? generation : generation + 1 } : {};
  const ended: JsonObject = {
    ...object,
    metadata: {
      ...rest,
      ...counted,
      ...(finalizers.length === 0 ? {} : { finalizers }),
      deletionTimestamp: timeText(store.time.now() + grace * 1000),
      ...(kind === namespaces ? {} : { deletionGracePeriodSeconds: grace }),
    },
    ...(kind === namespaces ? { status: { ...objectOf(object.status), phase: 'Terminating' } } : {}),
  };
  if (kind === namespaces || !releasable(ended)) return store.put(kind, ended);
  // A pod is marked also when nothing holds it back, so that watchers see both.
  if (kind === pods) store.put(kind, ended);
  return { ...store.remove(kind, object), metadata: metadataOf(ended) };
}

/** Whether nothing holds an object back any more that was deleted. */
export const releasable = (object: JsonObject): boolean =>
  metadataOf(object).deletionGracePeriodSeconds === 0 && listOf(metadataOf(object).finalizers).length === 0;

/** Ends the object if its deletion only waited for this: a controller calls it when its own part is done. */
export function release(store: Store, kind: Kind, object: JsonObject): void {
  const done: JsonObject = { ...object, metadata: { ...metadataOf(object), deletionGracePeriodSeconds: 0 } };
  if (releasable(done)) store.remove(kind, object);
  else if (metadataOf(object).deletionGracePeriodSeconds !== 0) store.put(kind, done);
}

/** Only a pod that a node runs takes time to end. */
function graceOf(kind: Kind, object: JsonObject, wanted: number | null): number {
  const running =
    textOf(objectOf(object.spec).nodeName) !== '' && !/^(Succeeded|Failed)$/.test(textOf(objectOf(object.status).phase));
  return kind === pods && running ? (wanted ?? gracePeriodOf(object)) : 0;
}

/** The finalizers of an object, with the ones by which the garbage collector knows how its dependents are to be treated. */
function finalizersFor(object: JsonObject, propagation: Propagation | null): string[] {
  const found = listOf(metadataOf(object).finalizers).map(textOf);
  if (propagation === null) return found;
  const rest = found.filter((finalizer) => finalizer !== 'foregroundDeletion' && finalizer !== 'orphan');
  if (propagation === 'Foreground') return [...rest, 'foregroundDeletion'];
  return propagation === 'Orphan' ? [...rest, 'orphan'] : rest;
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
