import { type JsonObject, metadataOf, nameOf } from '../../json.ts';
import { type Kind, namespaces, qualified } from '../kinds.ts';
import { ApiError, detailsOf, notFound } from '../status.ts';
import type { Store } from '../store.ts';

/** Nothing is made in a namespace that is not there (404) or is going away (403). */
export function checkNamespace(store: Store, kind: Kind, namespace: string, object: JsonObject): void {
  if (!kind.namespaced) return;
  const found = store.get(namespaces, '', namespace);
  if (found === null) throw notFound(namespaces, namespace);
  if (!isTerminating(found)) return;
  const name = nameOf(object);
  const subject = name === '' ? `${qualified(kind)} is` : `${qualified(kind)} "${name}" is`;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw new ApiError(403, 'Forbidden', `${subject} forbidden: ${why}`, {
    ...detailsOf(kind, name),
    causes: [
      { reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' },
    ],
  });
}

/** Whether a namespace, or any other object, was deleted and is not gone yet. */
export const isTerminating = (object: JsonObject): boolean => metadataOf(object).deletionTimestamp !== undefined;
