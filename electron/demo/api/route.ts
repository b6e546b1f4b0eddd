import { type Kind, namespaces } from './kinds.ts';
import type { Attributes } from './rbac.ts';

/** What a resource path points at. */
export interface Route {
  kind: Kind;
  /** Null: all namespaces, or a kind that has none. */
  namespace: string | null;
  name: string;
  subresource: string;
}

/** Reads `/api/v1/...` and `/apis/<group>/<version>/...`; null when nothing of the kind is served. */
export function routeOf(kinds: Kind[], path: string): Route | null {
  const parts = path.split('/').slice(1).map(decodeURIComponent);
  const group = parts[0] === 'api' ? '' : (parts[1] ?? '');
  const rest = parts[0] === 'api' ? parts.slice(1) : parts[0] === 'apis' ? parts.slice(2) : [];
  const [version, ...place] = rest;
  const find = (plural: string | undefined): Kind | undefined =>
    kinds.find((kind) => kind.group === group && kind.version === version && kind.plural === plural);
  if (place[0] === 'namespaces' && place.length > 2) {
    const inside = find(place[2]);
    if (inside?.namespaced) {
      return { kind: inside, namespace: place[1] ?? '', name: place[3] ?? '', subresource: place[4] ?? '' };
    }
  }
  const kind = find(place[0]);
  if (kind === undefined || (kind.namespaced && place.length > 1)) return null;
  return { kind, namespace: null, name: place[1] ?? '', subresource: place[2] ?? '' };
}

const verbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

/** The question that access control answers for a request. */
export function attributesOf(route: Route, method: string, watching: boolean): Attributes {
  const reading = watching ? 'watch' : route.name === '' ? 'list' : 'get';
  const removing = method === 'DELETE' && route.name === '' ? 'deletecollection' : verbs[method];
  return {
    verb: method === 'GET' ? reading : (removing ?? method.toLowerCase()),
    group: route.kind.group,
    resource: route.subresource === '' ? route.kind.plural : `${route.kind.plural}/${route.subresource}`,
    namespace: route.kind === namespaces && route.name !== '' ? route.name : route.namespace,
    name: route.name,
  };
}
