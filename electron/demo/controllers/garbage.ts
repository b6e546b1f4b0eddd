import { isTerminating } from '../api/admission/namespace.ts';
import { eventKind, type Kind } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { ownersOf, type Store } from '../api/store.ts';
import { isObject, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';

/** Where an object is. */
interface Place {
  kind: Kind;
  namespace: string;
  name: string;
}

/**
 * The garbage collector. What has lost its last owner goes, what still has one forgets the lost ones; an owner that was deleted in the
 * foreground waits for the dependents that block it, one that orphans is forgotten by its dependents first.
 */
export function startGarbageCollector(world: World): () => void {
  const { store } = world;
  const alive = new Set<string>();
  const dependents = new Map<string, Map<string, Place>>();
  const queue = new Set<() => void>();

  const later = (work: () => void): void => {
    if (queue.size === 0) setImmediate(drain);
    queue.add(work);
  };
  const drain = (): void => {
    for (const work of queue) {
      queue.delete(work);
      if (!world.time.ended()) work();
    }
  };
  const live = ({ kind, namespace, name }: Place): JsonObject | null => store.get(kind, namespace, name);
  const ownedBy = (uid: string): { place: Place; object: JsonObject }[] =>
    [...(dependents.get(uid)?.values() ?? [])].flatMap((place) => {
      const object = live(place);
      return object === null || !ownersOf(object).includes(uid) ? [] : [{ place, object }];
    });

  const forget = ({ kind }: Place, object: JsonObject, gone: (uid: string) => boolean): void => {
    const owners = listOf(metadataOf(object).ownerReferences).filter(isObject);
    const { ownerReferences: _, ...metadata } = metadataOf(object);
    const left = owners.filter((owner) => !gone(textOf(owner.uid)));
    store.put(kind, { ...object, metadata: left.length === 0 ? metadata : { ...metadata, ownerReferences: left } });
  };

  /** Ends a dependent none of whose owners is alive, or waits for it to end. */
  const collect = (place: Place, object: JsonObject): void => {
    const owners = ownersOf(object);
    const lost = (uid: string) => !alive.has(uid);
    if (owners.length === 0 || !owners.some(lost)) return;
    if (!owners.every(lost)) forget(place, object, lost);
    else if (!isTerminating(object)) end(store, place.kind, object);
  };

  /** Goes on with the end of an owner that waits for the collector. */
  const proceed = (place: Place): void => {
    const owner = live(place);
    if (owner === null || !isTerminating(owner)) return;
    const finalizers = listOf(metadataOf(owner).finalizers);
    const uid = uidOf(owner);
    if (finalizers.includes('orphan')) {
      for (const dependent of ownedBy(uid)) forget(dependent.place, dependent.object, (one) => one === uid);
      release(store, place.kind, owner, 'orphan');
    } else if (finalizers.includes('foregroundDeletion')) {
      for (const dependent of ownedBy(uid)) {
        const others = ownersOf(dependent.object).filter((one) => one !== uid && alive.has(one));
        if (others.length > 0) forget(dependent.place, dependent.object, (one) => one === uid);
        else if (!isTerminating(dependent.object)) {
          const below = dependents.has(uidOf(dependent.object));
          end(store, dependent.place.kind, dependent.object, below ? { propagation: 'Foreground' } : {});
        }
      }
      if (!ownedBy(uid).some(({ object }) => blocks(object, uid))) release(store, place.kind, owner, 'foregroundDeletion');
    }
  };

  const index = (place: Place, object: JsonObject): void => {
    const id = uidOf(object);
    for (const owner of ownersOf(object)) {
      const known = dependents.get(owner) ?? new Map<string, Place>();
      dependents.set(owner, known);
      known.set(id, place);
    }
  };
  const placeOf = (kind: Kind, object: JsonObject): Place => ({ kind, namespace: namespaceOf(object), name: nameOf(object) });

  const added = (place: Place, object: JsonObject): void => {
    alive.add(uidOf(object));
    index(place, object);
    if (ownersOf(object).some((owner) => !alive.has(owner))) {
      later(() => {
        const found = live(place);
        if (found !== null && uidOf(found) === uidOf(object)) collect(place, found);
      });
    }
  };
  const deleted = (object: JsonObject): void => {
    const uid = uidOf(object);
    alive.delete(uid);
    const orphans = dependents.get(uid);
    if (orphans !== undefined) {
      later(() => {
        for (const dependent of ownedBy(uid)) collect(dependent.place, dependent.object);
        dependents.delete(uid);
      });
    }
    for (const owner of ownersOf(object)) {
      dependents.get(owner)?.delete(uid);
      const waiting = owners.get(owner);
      if (waiting !== undefined) later(() => proceed(waiting));
    }
  };
  /** Owners that were deleted and wait for their dependents, by uid. */
  const owners = new Map<string, Place>();

  for (const kind of world.kinds) for (const object of store.list(kind, null)) added(placeOf(kind, object), object);
  return store.subscribe(({ kind, type, object }) => {
    if (kind === eventKind) return;
    const place = placeOf(kind, object);
    if (type === 'DELETED') {
      owners.delete(uidOf(object));
      deleted(object);
      return;
    }
    added(place, object);
    if (!isTerminating(object) || !waits(object)) return;
    owners.set(uidOf(object), place);
    later(() => proceed(place));
  });
}

const waits = (object: JsonObject): boolean =>
  listOf(metadataOf(object).finalizers).some((finalizer) => finalizer === 'orphan' || finalizer === 'foregroundDeletion');

const blocks = (object: JsonObject, owner: string): boolean =>
  listOf(metadataOf(object).ownerReferences).some(
    (reference) => isObject(reference) && reference.uid === owner && reference.blockOwnerDeletion === true,
  );

/** Takes the collector's own finalizer off; the object goes when that was the last. */
function release(store: Store, kind: Kind, object: JsonObject, finalizer: string): void {
  const { finalizers, ...metadata } = metadataOf(object);
  const left = listOf(finalizers).filter((one) => one !== finalizer);
  const running = metadata.deletionGracePeriodSeconds !== 0;
  if (left.length === 0 && !running) store.remove(kind, object);
  else store.put(kind, { ...object, metadata: { ...metadata, ...(left.length === 0 ? {} : { finalizers: left }) } });
}
