import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import type { Asked } from './asked.ts';
import { list, listObject } from './reads.ts';
import { end, remove } from './removal.ts';
import type { Route } from './route.ts';
import { ApiError } from './status.ts';
import { create, patch, update, type Written, writeOptions } from './writes.ts';

/** Does what a request that writes asks for: POST, PUT, PATCH or DELETE of one object, DELETE of a list. Throws `ApiError`. */
export function change(world: World, route: Route, asked: Asked, request: IncomingMessage): Written {
  const { store } = world;
  const { kind, name, subresource } = route;
  const { method, query, body } = asked;
  const target = { kind, namespace: route.namespace ?? '', name };
  const options = writeOptions(query, request.headers['user-agent'] ?? '', subresource, method === 'PATCH');
  if (method === 'POST') return create(store, target, body, options);
  if (method === 'PUT') return update(store, target, body, options);
  if (method === 'PATCH') return patch(store, target, body, request.headers['content-type'] ?? '', options);
  if (method === 'DELETE' && name !== '') {
    return { object: remove(store, target, body, query, world.kinds), created: false, warnings: [] };
  }
  if (method === 'DELETE') return { object: removeAll(world, route, query), created: false, warnings: [] };
  throw new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
}

function removeAll(world: World, route: Route, query: URLSearchParams): JsonObject {
  const { store } = world;
  const page = new URLSearchParams(query);
  page.delete('limit');
  const matching = list(store, route.kind, route.namespace, page);
  for (const object of matching.objects) end(store, route.kind, object);
  return listObject(matching);
}
