import type { ApiObject, Resource } from '../watch/index.ts';

/**
 * What the caches keep of an object: of pods only what the product reads, so that ten thousand of them fit; of everything else
 * all of it (an application's spec is shown as it is).
 */
export function project(resource: Resource, object: ApiObject): ApiObject {
  if (resource.group !== '' || resource.plural !== 'pods') return object;
  const { apiVersion = 'v1', kind = 'Pod', metadata, spec, status } = object;
  const { nodeName, containers } = (spec ?? {}) as { nodeName?: unknown; containers?: unknown };
  return {
    apiVersion,
    kind,
    metadata,
    spec: { nodeName, containers: Array.isArray(containers) ? containers.map(container) : [] },
    status,
  };
}

function container({ name, image, ports, resources }: Record<string, unknown>): unknown {
  return { name, image, ports, resources };
}
