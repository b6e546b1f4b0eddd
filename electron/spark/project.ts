import { field, listAt } from '../../shared/json.ts';
import type { ApiObject, Resource } from '../watch/index.ts';

/**
 * What the caches keep of an object: of pods only what the product reads, so that ten thousand of them fit; of everything else
 * all of it (an application's spec is shown as it is).
 */
export function project(resource: Resource, object: ApiObject): ApiObject {
  if (resource.group !== '' || resource.plural !== 'pods') return object;
  const { apiVersion = 'v1', kind = 'Pod', metadata, status } = object;
  const spec = { nodeName: field(object, 'spec', 'nodeName'), containers: listAt(object, 'spec', 'containers').map(container) };
  return { apiVersion, kind, metadata, spec, status };
}

function container(value: unknown): unknown {
  return {
    name: field(value, 'name'),
    image: field(value, 'image'),
    ports: field(value, 'ports'),
    resources: field(value, 'resources'),
  };
}
