import { randomUUID } from 'node:crypto';
import { type JsonObject, listOf, metadataOf, nameOf, namespaceOf, objectOf } from '../json.ts';
import type { Time } from '../time.ts';
import { type Kind, qualified } from './kinds.ts';
import { expired } from './status.ts';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One write. `object` carries the version of the write, also when it deletes. */
export interface Change {
  version: number;
  type: ChangeType;
  kind: Kind;
  object: JsonObject;
  before: JsonObject | null;
}

/** Everything the cluster holds, one version number for all of it, and the writes since the last compaction. */
export interface Store {
  /** The cluster's clock. */
  time: Time;
  version(): number;
  get(kind: Kind, namespace: string, name: string): JsonObject | null;
  /** Sorted by namespace and name; `namespace` null: all of them. */
  list(kind: Kind, namespace: string | null): JsonObject[];
  /** The list as it was at `version`. Throws 410 when that is compacted away. */
  listAt(kind: Kind, namespace: string | null, version: number): JsonObject[];
  /** Writes the object, new or not, with the next version. Returns what is stored. */
  put(kind: Kind, object: JsonObject): JsonObject;
  /** Removes it and, in the background as the garbage collector does, what it owned. */
  remove(kind: Kind, object: JsonObject): JsonObject;
  /** Changes of a kind after `version`. Throws 410 when they are compacted away. */
  since(kind: Kind, version: number): Change[];
  subscribe(listener: (change: Change) => void): () => void;
  /** Forgets all history: every older version is 410 from now on. */
  compact(): void;
}

const HISTORY = 20_000;
/** A real cluster is some hundred writes old before anyone looks at it. */
const FIRST_VERSION = 300;

const keyOf = (object: JsonObject): string => `${namespaceOf(object)}/${nameOf(object)}`;

export function createStore(time: Time): Store {
  const tables = new Map<string, Map<string, JsonObject>>();
  const listeners = new Set<(change: Change) => void>();
  let history: Change[] = [];
  let version = FIRST_VERSION;
  let compacted = FIRST_VERSION;

  const table = (kind: Kind): Map<string, JsonObject> => {
    const id = qualified(kind);
    const found = tables.get(id) ?? new Map<string, JsonObject>();
    tables.set(id, found);
    return found;
  };

  const record = (change: Change): void => {
    history.push(change);
    if (history.length > HISTORY) {
      const dropped = history.splice(0, HISTORY / 2);
      compacted = dropped.at(-1)?.version ?? compacted;
    }
    for (const listener of [...listeners]) listener(change);
  };

  const stamped = (object: JsonObject): JsonObject => {
    version += 1;
    return { ...object, metadata: { ...metadataOf(object), resourceVersion: String(version) } };
  };

  const inNamespace = (namespace: string | null) => (object: JsonObject) =>
    namespace === null || namespaceOf(object) === namespace;
  const byKey = (one: JsonObject, other: JsonObject) => (keyOf(one) < keyOf(other) ? -1 : 1);

  return {
    time,
    version: () => version,
    get: (kind, namespace, name) => table(kind).get(`${namespace}/${name}`) ?? null,
    list: (kind, namespace) => [...table(kind).values()].filter(inNamespace(namespace)).sort(byKey),
    listAt(kind, namespace, wanted) {
      if (wanted < compacted) throw expired(wanted, compacted);
      const then = new Map(table(kind));
      for (const change of history.toReversed()) {
        if (change.version <= wanted) break;
        if (change.kind !== kind) continue;
        if (change.before === null) then.delete(keyOf(change.object));
        else then.set(keyOf(change.object), change.before);
      }
      return [...then.values()].filter(inNamespace(namespace)).sort(byKey);
    },
    put(kind, object) {
      const before = table(kind).get(keyOf(object)) ?? null;
      const metadata = metadataOf(object);
      const stored = stamped({
        ...object,
        metadata: {
          ...metadata,
          uid: metadata.uid ?? randomUUID(),
          creationTimestamp: metadata.creationTimestamp ?? time.text(),
        },
      });
      table(kind).set(keyOf(stored), stored);
      record({ version, type: before === null ? 'ADDED' : 'MODIFIED', kind, object: stored, before });
      return stored;
    },
    remove(kind, object) {
      const before = table(kind).get(keyOf(object)) ?? object;
      const last = stamped(before);
      table(kind).delete(keyOf(object));
      record({ version, type: 'DELETED', kind, object: last, before });
      return last;
    },
    since(kind, wanted) {
      if (wanted < compacted) throw expired(wanted, compacted);
      return history.filter((change) => change.version > wanted && change.kind === kind);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    compact() {
      history = [];
      compacted = version;
    },
  };
}

/** The uids of an object's owners. */
export function ownersOf(object: JsonObject): string[] {
  return listOf(metadataOf(object).ownerReferences).map((owner) => String(objectOf(owner).uid));
}
