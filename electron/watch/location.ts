import type { Resource } from './resource.ts';

/** Path of a resource's collection, its parts encoded. */
export function collectionPath(resource: Resource): string {
  const { group, version, plural, namespace } = resource;
  const root =
    group === '' ? `/api/${encodeURIComponent(version)}` : `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`;
  const scope = namespace === null ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${encodeURIComponent(plural)}`;
}

/** The selectors of a resource as query parameters; every page of a list must repeat them. */
export function selectors(resource: Resource): Record<string, string | undefined> {
  return { labelSelector: resource.labelSelector, fieldSelector: resource.fieldSelector };
}

/** The same text for the same (context, resource), and for no other. */
export function cacheKey(context: string, resource: Resource): string {
  const { group, version, plural, namespace, labelSelector, fieldSelector } = resource;
  return JSON.stringify([context, group, version, plural, namespace, labelSelector ?? '', fieldSelector ?? '']);
}
