import { randomUUID } from 'node:crypto';
import { type JsonObject, listOf, metadataOf, objectOf } from '../json.ts';
import type { Time } from '../time.ts';
import { type Collection, createCollection, type Entry, isWithin, keyOf } from './collection.ts';
import { type Change, type ChangeType, createHistory } from './history.ts';
import { apiVersionOf, type Kind, qualified } from './kinds.ts';
import { createSharing } from './sharing.ts';
import { expired } from './status.ts';

export type { Entry } from './collection.ts';
export type { Change, ChangeType } from './history.ts';

/**
 * Everything the cluster holds, one version number for all of it, and the latest writes. What it returns is shared by everyone and
 * never changed in place.
 */
export interface Store {
  /** The cluster's clock. */
  time: Time;
  version(): number;
  get(kind: Kind, namespace: string, name: string): JsonObject | null;
  /** Sorted by namespace and name; `namespace` null: all of them. */
  list(kind: Kind, namespace: string | null): JsonObject[];
  /** The same with keys, from the key `start` on, as it was at `version`. Throws 410 when that is forgotten. */
  entries(kind: Kind, namespace: string | null, start: string, version: number): Entry[];
  /** Writes the object, new or not, with the next version. Returns what is stored. */
  put(kind: Kind, object: JsonObject): JsonObject;
  /** Removes it. Returns its last state with the version of the removal. */
  remove(kind: Kind, object: JsonObject): JsonObject;
  /** Changes of a kind after `version`. Throws 410 when they are forgotten. */
  since(kind: Kind, version: number): Change[];
  /**
   * Tells of every write from now on, before the write returns, and everyone in the order of versions. Who wrote goes on with what it
   * knows: a listener that writes the same kind of object in answer does so in a turn of its own.
   */
  subscribe(listener: (change: Change) => void): () => void;
  /** Forgets all history: every older version is 410 from now on. */
  compact(): void;
}

const LIMITS = { changes: 20_000, bytes: 8 << 20 };
/** A real cluster is some hundred writes old before anyone looks at it. */
const FIRST_VERSION = 300;

export function createStore(time: Time): Store {
  const collections = new Map<string, Collection>();
  const listeners = new Set<(change: Change) => void>();
  const history = createHistory(LIMITS, FIRST_VERSION);
  const share = createSharing();
  const untold: Change[] = [];
  let telling = false;
  let version = FIRST_VERSION;

  const collection = (kind: Kind): Collection => {
    const id = qualified(kind);
    const found = collections.get(id) ?? createCollection();
    collections.set(id, found);
    return found;
  };
  const record = (type: ChangeType, kind: Kind, object: JsonObject, before: JsonObject | null): void => {
    const change = { version, type, kind, object, before, text: JSON.stringify(object) };
    history.add(change);
    untold.push(change);
    if (!telling) tell();
  };
  /** What a listener writes waits until everyone has heard of the write before it. */
  const tell = (): void => {
    telling = true;
    try {
      for (let change = untold.shift(); change !== undefined; change = untold.shift()) {
        for (const listener of [...listeners]) listener(change);
      }
    } finally {
      telling = false;
    }
  };
  const stamped = (kind: Kind, object: JsonObject, metadata: JsonObject, before: JsonObject | null): JsonObject => {
    version += 1;
    const identity = { kind: kind.kind, apiVersion: apiVersionOf(kind) };
    return share({ ...identity, ...object, metadata: { ...metadata, resourceVersion: String(version) } }, before);
  };
  const since = (kind: Kind, wanted: number): Change[] => {
    const changes = history.since(kind, wanted);
    if (changes === null) throw expired(wanted, history.oldest(kind));
    return changes;
  };

  return {
    time,
    version: () => version,
    get: (kind, namespace, name) => collection(kind).get(`${namespace}/${name}`),
    list: (kind, namespace) =>
      collection(kind)
        .entries(namespace)
        .map(({ object }) => object),
    entries(kind, namespace, start, wanted) {
      const now = collection(kind).entries(namespace, start);
      const later = wanted >= version ? [] : since(kind, wanted);
      return later.length === 0 ? now : undone(now, later, namespace, start);
    },
    put(kind, object) {
      const key = keyOf(object);
      const before = collection(kind).get(key);
      const metadata = metadataOf(object);
      const uid = metadata.uid ?? randomUUID();
      const creationTimestamp = metadata.creationTimestamp ?? time.text();
      const stored = stamped(kind, object, { ...metadata, uid, creationTimestamp }, before);
      collection(kind).set(key, stored);
      record(before === null ? 'ADDED' : 'MODIFIED', kind, stored, before);
      return stored;
    },
    remove(kind, object) {
      const key = keyOf(object);
      const before = collection(kind).get(key) ?? object;
      const last = stamped(kind, before, metadataOf(before), before);
      collection(kind).delete(key);
      record('DELETED', kind, last, before);
      return last;
    },
    since,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    compact: () => history.forget(version),
  };
}

/** `now` as it was before the changes `later`, which are in order. */
function undone(now: Entry[], later: Change[], namespace: string | null, start: string): Entry[] {
  const then = new Map<string, JsonObject | null>();
  for (const { object, before } of later) {
    const key = keyOf(object);
    if (!then.has(key) && isWithin(key, namespace) && key >= start) then.set(key, before);
  }
  const untouched = now.filter(({ key }) => !then.has(key));
  for (const [key, object] of then) if (object !== null) untouched.push({ key, object });
  return untouched.sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** The uids of an object's owners. */
export function ownersOf(object: JsonObject): string[] {
  return listOf(metadataOf(object).ownerReferences).map((owner) => String(objectOf(owner).uid));
}
