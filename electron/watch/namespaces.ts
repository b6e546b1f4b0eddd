import type { Freshness } from '../../shared/contract/freshness.ts';
import type { WatchCaches } from './resource.ts';

/** Names in alphabetical order, and how far they can be trusted. */
export interface Namespaces {
  names: string[];
  freshness: Freshness;
}

/**
 * Follows the names of the namespaces of a context. Where listing them is refused, `own` (the namespace of the context) is the one
 * name, and `freshness` says why. The returned function ends it.
 */
export function followNamespaces(
  caches: WatchCaches,
  context: string,
  own: string | null,
  push: (namespaces: Namespaces) => void,
): () => void {
  const names = new Map<string, string>();
  let freshness: Freshness = { state: 'loading', received: 0 };
  const tell = () => {
    const known = freshness.state === 'refused' && names.size === 0 ? [own ?? 'default'] : [...names.values()];
    push({ names: known.sort(), freshness });
  };
  return caches.subscribe(
    context,
    { group: '', version: 'v1', plural: 'namespaces', namespace: null },
    {
      onChanges(changes, reset) {
        if (reset) names.clear();
        for (const { type, object } of changes) {
          if (type === 'deleted') names.delete(object.metadata.uid);
          else names.set(object.metadata.uid, object.metadata.name);
        }
        tell();
      },
      onFreshness(next) {
        freshness = next;
        tell();
      },
    },
  );
}
