import { type JsonObject, nameOf, namespaceOf } from '../json.ts';

/** An object under its key, `<namespace>/<name>`; the namespace is empty at cluster scope. */
export interface Entry {
  key: string;
  object: JsonObject;
}

/** The objects of one kind in the order of their keys, as etcd has them: a namespace is one stretch of it. */
export interface Collection {
  get(key: string): JsonObject | null;
  set(key: string, object: JsonObject): void;
  delete(key: string): void;
  /** Those of `namespace` (null: all) whose key is not before `start`. */
  entries(namespace: string | null, start?: string): Entry[];
}

export const keyOf = (object: JsonObject): string => `${namespaceOf(object)}/${nameOf(object)}`;

/** Whether a key is of that namespace; null means all. */
export const isWithin = (key: string, namespace: string | null): boolean => namespace === null || key.startsWith(`${namespace}/`);

export function createCollection(): Collection {
  const byKey = new Map<string, Entry>();
  const sorted: Entry[] = [];

  /** Index of the first entry whose key is not before `key`. */
  const place = (key: string): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = sorted[middle];
      if (entry !== undefined && entry.key < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    get: (key) => byKey.get(key)?.object ?? null,
    set(key, object) {
      const found = byKey.get(key);
      if (found !== undefined) {
        found.object = object;
        return;
      }
      const entry = { key, object };
      byKey.set(key, entry);
      sorted.splice(place(key), 0, entry);
    },
    delete(key) {
      if (byKey.delete(key)) sorted.splice(place(key), 1);
    },
    entries(namespace, start = '') {
      if (namespace === null) return sorted.slice(place(start));
      // '0' is what follows '/', so this is behind the last key of the namespace.
      const first = `${namespace}/`;
      return sorted.slice(place(start > first ? start : first), place(`${namespace}0`));
    },
  };
}
