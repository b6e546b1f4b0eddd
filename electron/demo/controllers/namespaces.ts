import { isTerminating } from '../api/admission/namespace.ts';
import { configMaps, eventKind, type Kind, namespaces, serviceAccounts } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { type JsonObject, nameOf, namespaceOf } from '../json.ts';
import type { World } from '../world.ts';

/** Furnishes each new namespace, empties one that was deleted, and removes it when nothing is left in it. */
export function startNamespaces(world: World): () => void {
  const { store } = world;
  const inside = world.kinds.filter((kind) => kind.namespaced);
  const checking = new Set<string>();

  const empty = (name: string): void => {
    for (const kind of inside) {
      if (kind !== eventKind) for (const object of store.list(kind, name)) if (!isTerminating(object)) end(store, kind, object);
    }
    finish(name);
  };
  /** Events go last: those that the end of the others raises are still there until then. */
  const finish = (name: string): void => {
    const namespace = store.get(namespaces, '', name);
    if (namespace === null || !isTerminating(namespace)) return;
    const left = inside.some((kind) => kind !== eventKind && store.list(kind, name).length > 0);
    if (left) return;
    for (const event of store.list(eventKind, name)) store.remove(eventKind, event);
    store.remove(namespaces, namespace);
  };
  const soon = (name: string, act: (name: string) => void): void => {
    if (checking.has(name)) return;
    checking.add(name);
    setImmediate(() => {
      checking.delete(name);
      if (!world.time.ended()) act(name);
    });
  };

  for (const namespace of store.list(namespaces, null)) furnish(world, namespace);
  return store.subscribe(({ kind, type, object }) => {
    if (kind === namespaces) {
      if (type === 'ADDED') setImmediate(() => !world.time.ended() && furnish(world, object));
      if (type === 'MODIFIED' && isTerminating(object)) soon(nameOf(object), empty);
    } else if (type === 'DELETED' && kind !== eventKind) {
      const place = store.get(namespaces, '', namespaceOf(object));
      if (place !== null && isTerminating(place)) soon(namespaceOf(object), finish);
    }
  });
}

/** What controllers put into each new namespace. */
function furnish({ store }: World, namespace: JsonObject): void {
  const metadata = (name: string) => ({ name, namespace: nameOf(namespace) });
  const put = (kind: Kind, object: JsonObject): void => {
    if (store.get(kind, nameOf(namespace), nameOf(object)) === null) store.put(kind, object);
  };
  put(serviceAccounts, { kind: 'ServiceAccount', apiVersion: 'v1', metadata: metadata('default') });
  put(configMaps, { kind: 'ConfigMap', apiVersion: 'v1', metadata: metadata('kube-root-ca.crt'), data: { 'ca.crt': '' } });
}
