import type { IncomingMessage, ServerResponse } from 'node:http';
import { readLog } from '../node/read-log.ts';
import type { World } from '../world.ts';
import { authorise, authorisePath } from './access.ts';
import type { Asked } from './asked.ts';
import { change } from './change.ts';
import { discover, hasSubresource, health, isServed } from './discovery.ts';
import { pods } from './kinds.ts';
import { list } from './reads.ts';
import { review } from './reviews.ts';
import { attributesOf, type Route, routeOf } from './route.ts';
import { sendJson, sendList, sendText, warningHeaders } from './send.ts';
import { type Shape, shapedList, shapeOf, shaper } from './shape.ts';
import { badRequest, notFound, nothingServed } from './status.ts';
import type { Upgrades } from './upgrade.ts';
import { watch } from './watch.ts';

/** What answers need besides the world. */
export interface Serving {
  upgrades: Upgrades;
  /** Milliseconds between the bookmarks of a watch. */
  bookmarkEvery: number;
}

/** Answers one API request that is no upgrade. Throws `ApiError`. */
export function handle(world: World, serving: Serving, asked: Asked, request: IncomingMessage, response: ServerResponse): void {
  const { identity, method, path, body } = asked;
  const route = routeOf(world.kinds, path);
  if (route !== null) {
    serve(world, serving, route, asked, request, response);
    return;
  }
  const reviewed = method === 'POST' ? review(world, identity, path, body) : null;
  if (reviewed !== null) {
    sendJson(response, 201, reviewed);
    return;
  }
  const known = method === 'GET' ? discover(world.kinds, path, request.headers.host ?? '', asked.accept) : null;
  if (known === null && isServed(world.kinds, path)) throw nothingServed();
  authorisePath(world, identity, method, path);
  const healthy = health(path, asked.query.has('verbose'));
  if (known !== null) sendJson(response, 200, known.body, { 'Content-Type': known.contentType });
  else if (healthy !== null) sendText(response, 200, healthy);
  else sendText(response, 404, '404 page not found\n');
}

function serve(
  world: World,
  serving: Serving,
  route: Route,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { identity, method, query } = asked;
  const watching = query.get('watch') === 'true' || query.get('watch') === '1';
  authorise(world, identity, route.kind, attributesOf(route, method, watching));
  if (!hasSubresource(route.kind, route.subresource)) throw nothingServed();
  if (serving.upgrades.has(route.subresource)) throw badRequest('Upgrade request required');
  if (method === 'GET') {
    read(world, serving, route, asked, response, watching);
    return;
  }
  const { object, created, warnings } = change(world, route, asked, request);
  sendJson(response, created ? 201 : 200, object, warningHeaders(warnings));
}

function read(world: World, serving: Serving, route: Route, asked: Asked, response: ServerResponse, watching: boolean): void {
  const { store, time } = world;
  const { kind, namespace, name, subresource } = route;
  const { query } = asked;
  const shape: Shape = shapeOf(asked.accept, query);
  if (kind === pods && subresource === 'log') {
    readLog(store, world.logs, namespace ?? '', name, query, response);
  } else if (watching && name === '') {
    watch({ store, kind, namespace, query, bookmarkEvery: serving.bookmarkEvery, show: shaper(kind, shape, time.now) }, response);
  } else if (name === '') {
    const page = list(store, kind, namespace, query);
    const shaped = shapedList(page, shape, time.now());
    if (shaped === null) void sendList(response, page);
    else sendJson(response, 200, shaped);
  } else {
    const found = store.get(kind, namespace ?? '', name);
    if (found === null) throw notFound(kind, name);
    sendJson(response, 200, shaper(kind, shape, time.now)?.(found) ?? found);
  }
}
