import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { CONTROL, control } from '../faults/control.ts';
import type { Exchange, FaultGate } from '../faults/faults.ts';
import type { Kubelet } from '../node/kubelet.ts';
import type { Scenarios } from '../scenarios/index.ts';
import type { World } from '../world.ts';
import { administrator, authorise, identityOf } from './access.ts';
import { type Certificate, selfSignedCertificate } from './certificate.ts';
import { handle, type Serving } from './handle.ts';
import { jsonOfProtobuf, PROTOBUF } from './protobuf.ts';
import type { Identity } from './rbac.ts';
import { attributesOf, routeOf } from './route.ts';
import { sendJson } from './send.ts';
import { ApiError, badRequest, tooLarge, unauthorised } from './status.ts';
import { createTransport, type Transport } from './transport.ts';

export interface Wiring extends Serving {
  world: World;
  kubelet: Kubelet;
  faults: FaultGate;
  scenarios: Scenarios;
  /** Who a bearer token belongs to. */
  identities: ReadonlyMap<string, Identity>;
}

/** A server that runs. */
export interface ApiServer {
  /** `https://127.0.0.1:<port>`. */
  url: string;
  /** The certificate to trust, PEM. */
  authority: string;
  /** Cuts every connection. */
  close(): Promise<void>;
}

export const newToken = (): string => randomBytes(24).toString('base64url');

/** Listens on a free loopback port; nothing is answered without a known token. */
export async function listen(wiring: Wiring): Promise<ApiServer> {
  const certificate: Certificate = await selfSignedCertificate();
  const transport = createTransport(certificate);
  transport.server.on('request', (request, response) => void answer(wiring, transport, request, response));
  transport.server.on('upgrade', (request, socket, head) => void upgrade(wiring, transport, request, socket, head));
  const port = await transport.listen();
  return { url: `https://127.0.0.1:${port}`, authority: certificate.certificate, close: transport.close };
}

function authenticate(wiring: Wiring, request: IncomingMessage): Identity {
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const identity = wiring.identities.get(token);
  if (identity === undefined) throw unauthorised();
  const other = request.headers['impersonate-user'];
  return identity === administrator && typeof other === 'string' ? identityOf(other) : identity;
}

/** Bytes that the body of a request may have, as in the real server. */
const LARGEST_BODY = 3 * 1024 * 1024;

/** The path and query a request asks for. What no server can find is asked of none: throws 400. */
function addressOf({ url = '/' }: IncomingMessage): URL {
  if (!url.startsWith('/')) throw badRequest('the request names no path');
  try {
    const address = new URL(`http://demo${url}`);
    decodeURIComponent(address.pathname);
    return address;
  } catch {
    throw badRequest('the path of the request cannot be read');
  }
}

/** What is too large is read to its end, so that the client hears the refusal, but not kept. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  if (size > LARGEST_BODY) throw tooLarge(`limit is ${LARGEST_BODY}`);
  const body = Buffer.concat(chunks);
  const isProtobuf = body.length > 0 && request.headers['content-type']?.startsWith(PROTOBUF);
  return isProtobuf ? jsonOfProtobuf(body) : body.toString();
}

async function answer(wiring: Wiring, transport: Transport, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const wire = transport.wireOf(request);
  const exchange: Exchange = { method, url, socket: request.socket, wire, response, begun: () => response.headersSent };
  const untrack = wiring.faults.track(exchange);
  response.once('close', untrack);
  response.setHeader('Date', new Date(wiring.world.time.now()).toUTCString());
  try {
    const identity = authenticate(wiring, request);
    const { pathname, searchParams } = addressOf(request);
    const body = await bodyOf(request);
    if (pathname.startsWith(CONTROL)) {
      if (identity !== administrator) throw new ApiError(403, 'Forbidden', 'control is for administrators');
      const { faults, scenarios } = wiring;
      sendJson(response, 200, await control({ world: wiring.world, faults, scenarios }, method, pathname, body));
      return;
    }
    if (await wiring.faults.pass(exchange)) return;
    const asked = { identity, method, path: pathname, query: searchParams, body, accept: request.headers.accept ?? '' };
    handle(wiring.world, wiring, asked, request, response);
  } catch (error) {
    const known = error instanceof ApiError ? error : internal(error);
    if (!response.headersSent) sendJson(response, known.code, known.body, known.headers);
  }
}

/** What went wrong in the demo itself, in a word: its stack is nobody's business but a debugger's. */
function internal(error: unknown): ApiError {
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`);
}

async function upgrade(
  wiring: Wiring,
  transport: Transport,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const { world, kubelet } = wiring;
  let open = false;
  const exchange: Exchange = { method, url, socket, wire: transport.wireOf(request), begun: () => open };
  const untrack = wiring.faults.track(exchange);
  socket.once('close', untrack);
  socket.on('error', () => socket.destroy());
  try {
    const identity = authenticate(wiring, request);
    const { pathname, searchParams: query } = addressOf(request);
    if (await wiring.faults.pass(exchange)) return;
    const route = routeOf(world.kinds, pathname);
    const answers = route === null ? undefined : wiring.upgrades.get(route.subresource);
    if (route === null || answers === undefined) throw badRequest('Upgrade request required');
    authorise(wiring.world, identity, route.kind, attributesOf(route, method, false));
    open = true;
    answers({ world, kubelet, namespace: route.namespace ?? '', name: route.name, query, request, socket, head });
  } catch (error) {
    open = false;
    const { code, body } = error instanceof ApiError ? error : internal(error);
    const text = JSON.stringify(body);
    const length = Buffer.byteLength(text);
    socket.end(
      `HTTP/1.1 ${code} Refused\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${text}`,
    );
  }
}
