import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { contentSecurityPolicy, contentType } from './page-policy.ts';
import type { Sessions } from './sessions.ts';

/** What the loopback server serves and whom it lets in. */
export interface Loopback {
  pageFolder: string;
  sessions: Sessions;
  /** Given each socket whose ticket was good. */
  opened(socket: WebSocket): void;
}

/** Secrets are a few dozen letters. */
const SESSION_LIMIT = 1_000;

/** The browser mode's server, not yet listening: the page, its sessions, and the socket they open. Nothing a stranger sends ends it. */
export function createLoopback({ pageFolder, sessions, opened }: Loopback): Server {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      // The sender went away half way, or wrote what is no request.
      if (!response.headersSent) response.writeHead(400);
      response.end();
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 8 * 1024 * 1024 });

  server.on('upgrade', (request, socket, head) => {
    // Nobody else listens to this socket until the WebSocket is there, and an error without a listener ends the process.
    socket.on('error', () => socket.destroy());
    const [name, ticket] = (request.headers['sec-websocket-protocol'] ?? '').split(/, */);
    if (!isOurs(request, 'required') || name !== 'emberdeck' || ticket === undefined || !sessions.admit(ticket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, opened);
  });

  /** Against DNS rebinding and pages from elsewhere: our own `Host`, and our own `Origin` where the browser must send one. */
  function isOurs(request: IncomingMessage, origin: 'optional' | 'required'): boolean {
    const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (request.headers.host !== own) return false;
    return request.headers.origin === undefined ? origin === 'optional' : request.headers.origin === `http://${own}`;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const posted = request.method === 'POST';
    if (!isOurs(request, posted ? 'required' : 'optional')) return void response.writeHead(403).end();
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
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
      if (text.length > SESSION_LIMIT) return void response.writeHead(413, { connection: 'close' }).end();
    }
    const secret = text.match(/^\{"secret":"([\w-]+)"\}$/)?.[1];
    const session = secret === undefined ? null : sessions.renew(secret);
    if (session === null) return void response.writeHead(403).end();
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(session));
  }

  return server;
}
