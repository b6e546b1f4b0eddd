import type { IncomingMessage, ServerResponse } from 'node:http';
import { at, type Json, type JsonObject, objectOf, parseJson, textOf } from '../json.ts';
import { readLog } from '../node/logs.ts';
import type { World } from '../world.ts';
import { authorise, type Identity, reviewAccess, reviewSelf } from './access.ts';
import { discover } from './discovery.ts';
import { pods } from './kinds.ts';
import { list } from './reads.ts';
import { end, remove } from './removal.ts';
import { attributesOf, type Route, routeOf } from './route.ts';
import { ApiError, badRequest, notFound } from './status.ts';
import { watch } from './watch.ts';
import { create, patch, update, type Written, writeOptions } from './writes.ts';

export interface Asked {
  identity: Identity;
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  bookmarkEvery: number;
}

export function sendJson(response: ServerResponse, code: number, body: Json, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(code, { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)), ...headers });
  response.end(text);
}

/** Answers one API request that is no upgrade. Throws `ApiError`. */
export function handle(world: World, asked: Asked, request: IncomingMessage, response: ServerResponse): void {
  const { identity, method, path } = asked;
  if (/^\/(healthz|livez|readyz)/.test(path)) {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end('ok');
    return;
  }
  if (method === 'POST' && review(identity, path, asked.body, response)) return;
  const known = method === 'GET' ? discover(world.kinds, path, request.headers.host ?? '') : null;
  if (known !== null) {
    sendJson(response, 200, known);
    return;
  }
  const route = routeOf(world.kinds, path);
  if (route === null) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('404 page not found\n');
    return;
  }
  const watching = asked.query.get('watch') === 'true' || asked.query.get('watch') === '1';
  authorise(identity, route.kind, attributesOf(route, method, watching));
  if (method === 'GET') {
    read(world, route, asked, response, watching);
    return;
  }
  const answer = write(world, route, asked, request);
  const headers =
    answer.warnings.length === 0 ? {} : { Warning: answer.warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(', ') };
  sendJson(response, answer.created ? 201 : 200, answer.object, headers);
}

function review(identity: Identity, path: string, text: string, response: ServerResponse): boolean {
  if (path === '/apis/authentication.k8s.io/v1/selfsubjectreviews') {
    sendJson(response, 201, reviewSelf(identity));
    return true;
  }
  if (path !== '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') return false;
  const body = objectOf(parseJson(text));
  const asked = objectOf(at(body, 'spec', 'resourceAttributes'));
  const subresource = textOf(asked.subresource);
  const attributes = {
    verb: textOf(asked.verb),
    group: textOf(asked.group),
    resource: subresource === '' ? textOf(asked.resource) : `${textOf(asked.resource)}/${subresource}`,
    namespace: textOf(asked.namespace) || null,
    name: textOf(asked.name),
  };
  sendJson(response, 201, reviewAccess(identity, body, attributes));
  return true;
}

function read(world: World, route: Route, asked: Asked, response: ServerResponse, watching: boolean): void {
  const { store } = world;
  const { kind, namespace, name, subresource } = route;
  const { query } = asked;
  if (kind === pods && subresource === 'log') {
    readLog(store, world.logs, namespace ?? '', name, query, response);
  } else if (watching) {
    watch({ store, kind, namespace, query, bookmarkEvery: asked.bookmarkEvery }, response);
  } else if (name === '') {
    sendJson(response, 200, list(store, kind, namespace, query));
  } else {
    const found = store.get(kind, namespace ?? '', name);
    if (found === null) throw notFound(kind, name);
    if (subresource === 'portforward') throw badRequest('Upgrade request required');
    sendJson(response, 200, found);
  }
}

function write(world: World, route: Route, asked: Asked, request: IncomingMessage): Written {
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
  for (const item of Array.isArray(matching.items) ? matching.items : []) {
    const metadata = objectOf(at(item, 'metadata'));
    const live = store.get(route.kind, textOf(metadata.namespace), textOf(metadata.name));
    if (live !== null) end(store, route.kind, live);
  }
  return matching;
}
