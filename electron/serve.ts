import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { createCore, dataFolderOf } from './core.ts';
import { contentSecurityPolicy, contentType } from './page-policy.ts';
import { createRouter } from './router.ts';
import { createSessions, firstSession, type UnspentSecrets } from './sessions.ts';

// The launcher (scripts/start.mjs) keeps what a restarted server must still know.
const first = randomBytes(24).toString('base64url');
const unspent: UnspentSecrets = process.env.EMBERDECK_UNSPENT ? JSON.parse(process.env.EMBERDECK_UNSPENT) : firstSession(first);
const sessions = createSessions(
  unspent,
  () => randomBytes(24).toString('base64url'),
  (left) => process.send?.({ unspent: left }),
);
const core = await createCore({ dataFolder: dataFolderOf(process.argv), environment: process.env });
const handler = new RPCHandler(createRouter(core));
const pageFolder = join(import.meta.dirname, '../renderer');

const server = createServer((request, response) => void answer(request, response));
const sockets = new WebSocketServer({ noServer: true, maxPayload: 8 * 1024 * 1024 });

server.on('upgrade', (request, socket, head) => {
  const [name, ticket] = (request.headers['sec-websocket-protocol'] ?? '').split(/, */);
  if (!isOurs(request, 'required') || name !== 'emberdeck' || ticket === undefined || !sessions.admit(ticket)) {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(request, socket, head, (opened) => void handler.upgrade(opened));
});

server.listen(Number(process.env.EMBERDECK_PORT ?? 0), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
  if (!process.env.EMBERDECK_UNSPENT) process.stdout.write(`Emberdeck: http://127.0.0.1:${port}/#secret=${first}\n`);
});
process.once('disconnect', () => process.exit(0));

/** Against DNS rebinding and pages from elsewhere: our own `Host`, and our own `Origin` where the browser must send one. */
function isOurs(request: IncomingMessage, origin: 'optional' | 'required'): boolean {
  const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (request.headers.host !== own) return false;
  return request.headers.origin === undefined ? origin === 'optional' : request.headers.origin === `http://${own}`;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
  const posted = request.method === 'POST';
  if (!isOurs(request, posted ? 'required' : 'optional')) return void response.writeHead(403).end();
  if (posted && path === '/session') return openSession(request, response);
  const file = path === '/' ? '/index.html' : path;
  const type = contentType(file);
  const body = request.method === 'GET' && type !== null ? await readFile(join(pageFolder, file)).catch(() => null) : null;
  if (type === null || body === null) return void response.writeHead(404).end();
  response
    .writeHead(200, {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy(`'self' ws://${request.headers.host}`),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': file.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store',
    })
    .end(body);
}

async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 1_000) return void response.writeHead(413).end();
  }
  const secret = text.match(/^\{"secret":"([\w-]+)"\}$/)?.[1];
  const session = secret === undefined ? null : sessions.renew(secret);
  if (session === null) return void response.writeHead(403).end();
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(session));
}
