import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../json.ts';
import { evict } from '../node/eviction.ts';
import type { World } from '../world.ts';
import type { Asked } from './asked.ts';
import { checkRightsGiven, givesRights } from './grants.ts';
import { namespaces, pods } from './kinds.ts';
import { checkApplyOptions, deleteOptions, type WriteOptions, writeOptions } from './options.ts';
import { list, listObject } from './reads.ts';
import { end, remove } from './removal.ts';
import type { Route } from './route.ts';
import { ApiError } from './status.ts';
import { create, patch, update, type Written } from './writes.ts';

/** Does what a request that writes asks for: POST, PUT, PATCH or DELETE of one object, DELETE of a list. Throws `ApiError`. */
export function change(world: World, route: Route, asked: Asked, request: IncomingMessage): Written {
  const { kind, name, subresource } = route;
  const { method, query, body } = asked;
  const target = { kind, namespace: route.namespace ?? '', name };
  const deleted = (object: JsonObject): Written => ({ object, created: false, warnings: [] });
  if (method === 'DELETE' && name !== '') return deleted(remove(world, target, body, query));
  if (method === 'DELETE' && kind !== namespaces) return deleted(removeAll(world, route, query, body));
  if (method === 'POST' && kind === pods && subresource === 'eviction') {
    return { object: evict(world, target.namespace, name, body), created: true, warnings: [] };
  }
  const options = writeOptions(query, request.headers['user-agent'] ?? '', subresource, method);
  const contentType = request.headers['content-type'] ?? '';
  if (method === 'PATCH') checkApplyOptions(query, contentType.startsWith('application/apply-patch'));
  const write = (how: WriteOptions): Written => {
    if (method === 'POST' && name === '') return create(world, target, body, how);
    if (method === 'PUT' && name !== '') return update(world, target, body, how);
    if (method === 'PATCH' && name !== '') return patch(world, target, body, contentType, how);
    throw new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
  };
  if (givesRights(kind)) checkRightsGiven(world, asked.identity, kind, write({ ...options, dryRun: true }).object);
  return write(options);
}

/** DELETE of a list: everything the selectors choose, each by itself. */
function removeAll(world: World, route: Route, query: URLSearchParams, text: string): JsonObject {
  const { store } = world;
  const options = deleteOptions(query, text);
  const all = new URLSearchParams(query);
  all.delete('limit');
  const page = list(store, route.kind, route.namespace, all);
  if (!options.dryRun) for (const object of page.objects) end(store, route.kind, object, options);
  return listObject(page);
}
