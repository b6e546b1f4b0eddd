import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CONTROL, control } from '../faults/control.ts';
import type { Exchange, FaultGate } from '../faults/faults.ts';
import type { Kubelet } from '../node/kubelet.ts';
import { forward } from '../streams/port-forward.ts';
import type { World } from '../world.ts';
import { authorise, type Identity } from './access.ts';
import { handle, sendJson } from './handle.ts';
import { attributesOf, routeOf } from './route.ts';
import { ApiError, badRequest, unauthorised } from './status.ts';

export interface Wiring {
  world: World;
  kubelet: Kubelet;
  faults: FaultGate;
  /** Who a bearer token belongs to. */
  identities: Map<string, Identity>;
  bookmarkEvery: number;
}

export const newToken = (): string => randomBytes(24).toString('base64url');

/** Listens on a free loopback port; nothing is answered without a known token. */
export async function listen(wiring: Wiring): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => void answer(wiring, request, response));
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => void upgrade(wiring, request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return { server, port: address.port };
}

function authenticate(wiring: Wiring, request: IncomingMessage): Identity {
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const identity = wiring.identities.get(token);
  if (identity === undefined) throw unauthorised();
  return identity;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function answer(wiring: Wiring, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const { pathname, searchParams } = new URL(url, 'http://demo');
  const exchange: Exchange = { method, url, socket: request.socket, response };
  const untrack = wiring.faults.track(exchange);
  response.once('close', untrack);
  try {
    const identity = authenticate(wiring, request);
    const body = await bodyOf(request);
    if (pathname.startsWith(CONTROL)) {
      if (!identity.administrator) throw badRequest('control is for administrators');
      return sendJson(response, 200, control(wiring.world.store, wiring.faults, method, pathname, body));
    }
    if (await wiring.faults.pass(exchange)) return;
    const asked = { identity, method, path: pathname, query: searchParams, body, bookmarkEvery: wiring.bookmarkEvery };
    handle(wiring.world, asked, request, response);
  } catch (error) {
    const known = error instanceof ApiError ? error : internal(error);
    if (!response.headersSent) sendJson(response, known.code, known.body, known.headers);
  }
}

function internal(error: unknown): ApiError {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`);
}

async function upgrade(wiring: Wiring, request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const { pathname, searchParams } = new URL(url, 'http://demo');
  const exchange: Exchange = { method, url, socket };
  const untrack = wiring.faults.track(exchange);
  socket.once('close', untrack);
  socket.on('error', () => socket.destroy());
  try {
    const identity = authenticate(wiring, request);
    if (await wiring.faults.pass(exchange)) return;
    const route = routeOf(wiring.world.kinds, pathname);
    if (route === null || route.subresource !== 'portforward') throw badRequest('Upgrade request required');
    authorise(identity, route.kind, attributesOf(route, method, false));
    const target = { namespace: route.namespace ?? '', name: route.name, query: searchParams };
    forward(wiring.world.store, wiring.kubelet, target, request, socket, head);
  } catch (error) {
    const { code, body } = error instanceof ApiError ? error : internal(error);
    const text = JSON.stringify(body);
    const length = Buffer.byteLength(text);
    socket.end(
      `HTTP/1.1 ${code} Refused\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${text}`,
    );
  }
}
