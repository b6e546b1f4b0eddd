import type { JsonObject } from '../json.ts';
import type { Kind } from './kinds.ts';
import { end } from './removal.ts';
import type { Store } from './store.ts';

/** Direct access to what the cluster holds, past the HTTP layer; watches see these writes too. */
export interface DemoApi {
  get(plural: string, namespace: string, name: string): JsonObject | null;
  list(plural: string, namespace?: string): JsonObject[];
  /** Writes a whole object as it is, new or not, without validation. */
  put(plural: string, object: JsonObject): JsonObject;
  /** Deletes as the API would; false when there is none. */
  remove(plural: string, namespace: string, name: string): boolean;
  /** Forgets all history: every earlier resourceVersion and continue token is 410 from now on. */
  compact(): void;
}

/** Kinds are named by their plural, with the group where two share it: `sparkapplications.spark.apache.org`. */
export function directAccess(store: Store, kinds: Kind[]): DemoApi {
  const kindOf = (plural: string): Kind => {
    const [name, ...group] = plural.split('.');
    const wanted = group.join('.');
    const found = kinds.find((kind) => kind.plural === name && (wanted === '' || kind.group === wanted));
    if (found === undefined) throw new Error(`no kind ${plural}`);
    return found;
  };
  return {
    get: (plural, namespace, name) => store.get(kindOf(plural), namespace, name),
    list: (plural, namespace) => store.list(kindOf(plural), namespace ?? null),
    put: (plural, object) => store.put(kindOf(plural), object),
    remove(plural, namespace, name) {
      const kind = kindOf(plural);
      const live = store.get(kind, namespace, name);
      if (live !== null) end(store, kind, live);
      return live !== null;
    },
    compact: () => store.compact(),
  };
}
