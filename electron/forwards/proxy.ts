import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { failureOf } from '../../shared/failure.ts';

/** A listening proxy; `close` also ends the connections under way. */
export interface LocalProxy {
  url: string;
  close(): void;
}

/**
 * Serves what listens behind `connect` at a free port of 127.0.0.1, for the user's own browser and the frame in our window.
 * A foreign `Host` is refused with 403 (DNS rebinding), and so is a request that changes something from another origin.
 * Framing headers are taken off, since the frame is ours; cookies are not passed either way, because all ports of 127.0.0.1 share them.
 */
export async function openProxy(connect: (signal: AbortSignal) => Promise<Duplex>): Promise<LocalProxy> {
  const closing = new AbortController();
  const agent = new Agent({ keepAlive: true, maxSockets: 12 });
  // Node's agent takes a connection that comes later through its callback; its types know only sockets.
  Object.assign(agent, {
    createConnection(_options: unknown, done: (error: Error | null, stream?: Duplex) => void) {
      connect(closing.signal).then(
        (stream) => done(null, withSocketMethods(stream)),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing, agent, own()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const own = () => `127.0.0.1:${port}`;
  return {
    url: `http://${own()}/`,
    close() {
      closing.abort();
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What the HTTP client calls on a connection beyond a plain stream. */
function withSocketMethods(stream: Duplex): Duplex {
  const nothing = () => stream;
  return Object.assign(stream, { setKeepAlive: nothing, setNoDelay: nothing, setTimeout: nothing, ref: nothing, unref: nothing });
}

const DROPPED_FROM_REQUEST = ['cookie', 'connection', 'upgrade', 'proxy-connection', 'keep-alive'];
const DROPPED_FROM_ANSWER = ['set-cookie', 'x-frame-options', 'content-security-policy', 'connection', 'keep-alive'];

function without(headers: IncomingHttpHeaders, names: string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function isAllowed(incoming: IncomingMessage, own: string): boolean {
  if (incoming.headers.host !== own) return false;
  if (incoming.method === 'GET' || incoming.method === 'HEAD') {
    // Spark ends jobs and stages by a link: that too must come from its own pages.
    return !/\/kill\/?(\?|$)/.test(incoming.url ?? '') || incoming.headers['sec-fetch-site'] === 'same-origin';
  }
  return incoming.headers.origin === `http://${own}`;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, agent: Agent, own: string): void {
  if (!isAllowed(incoming, own)) {
    outgoing.writeHead(403, { 'content-type': 'text/plain' }).end('This address is only for the person at this machine.\n');
    return;
  }
  const upstream = request({
    agent,
    method: incoming.method,
    path: incoming.url,
    headers: without(incoming.headers, DROPPED_FROM_REQUEST),
    setHost: false,
  });
  upstream.once('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, {
      ...without(answer.headers, DROPPED_FROM_ANSWER),
      'content-security-policy': 'frame-ancestors app: http://127.0.0.1:*',
    });
    answer.pipe(outgoing);
    answer.once('error', () => outgoing.destroy());
  });
  upstream.once('error', (error) => {
    if (outgoing.headersSent) return void outgoing.destroy();
    const failure = failureOf(error);
    const reason = failure.code === 'unreachable' ? failure.reason : error.message;
    outgoing.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
    outgoing.end(`The driver does not answer on this port any more.\n\n${reason}\n`);
  });
  incoming.pipe(upstream);
  outgoing.once('close', () => upstream.destroy());
}
