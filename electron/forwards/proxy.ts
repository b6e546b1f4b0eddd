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
 * `basePath` is a prefix that links of the pages have and the server does not know: it is taken off. Framing headers are taken off, since the frame is ours; cookies are not passed either way, because all ports of 127.0.0.1 share them.
 */
export async function openProxy(
  connect: (signal: AbortSignal) => Promise<Duplex>,
  basePath: () => string = () => '',
): Promise<LocalProxy> {
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
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing, agent, own(), basePath()));
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
const DROPPED_FROM_ANSWER = [
  'set-cookie',
  'x-frame-options',
  'content-security-policy',
  'connection',
  'keep-alive',
  'trailer',
  // What would outlive the forward: the next one on this port, another cluster's, is the same origin.
  'clear-site-data',
  'service-worker-allowed',
];

function without(headers: IncomingHttpHeaders, names: string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/**
 * Spark ends jobs, stages and queries by a link ending in `kill` (`SparkUI.scala`, `/jobs/job/kill`), and Jetty reads a path as lenient as
 * can be: encoded letters, parameters after `;`. What cannot be read is taken for the worst.
 */
function endsWork(path: string): boolean {
  try {
    return /(^|\/)kill(\/|$)/i.test(decodeURIComponent(path.replace(/[?#].*$/s, '')).replace(/;[^/]*/g, ''));
  } catch {
    return true;
  }
}

function isAllowed(incoming: IncomingMessage, own: string): boolean {
  const { headers, method, url = '' } = incoming;
  // One address only: no other Host, and none named in the request's first line instead.
  if (headers.host !== own || !url.startsWith('/')) return false;
  // A service worker would stay in the browser and answer for whatever gets this port next.
  if (headers['service-worker'] !== undefined) return false;
  if (method !== 'GET' && method !== 'HEAD') return headers.origin === `http://${own}`;
  const site = headers['sec-fetch-site'];
  if (endsWork(url)) return site === 'same-origin';
  // Pages from elsewhere may lead here or frame it (our own page does), but not load what is in it.
  return site === undefined || site === 'same-origin' || site === 'none' || headers['sec-fetch-mode'] === 'navigate';
}

function withoutPrefix(path: string, prefix: string): string {
  if (prefix === '' || !path.startsWith(prefix)) return path;
  const rest = path.slice(prefix.length);
  return rest.startsWith('/') ? rest : rest === '' || rest.startsWith('?') ? `/${rest}` : path;
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, agent: Agent, own: string, basePath: string): void {
  if (!isAllowed(incoming, own)) {
    outgoing.writeHead(403, { 'content-type': 'text/plain' }).end('This address is only for the person at this machine.\n');
    return;
  }
  const upstream = request({
    agent,
    method: incoming.method,
    path: withoutPrefix(incoming.url ?? '/', basePath),
    headers: without(incoming.headers, DROPPED_FROM_REQUEST),
    setHost: false,
  });
  const fail = (reason: string) => {
    if (outgoing.headersSent) return void outgoing.destroy();
    outgoing.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
    outgoing.end(`The driver does not answer on this port any more.\n\n${reason}\n`);
  };
  upstream.once('response', (answer) => {
    try {
      outgoing.writeHead(answer.statusCode ?? 502, {
        ...without(answer.headers, DROPPED_FROM_ANSWER),
        'content-security-policy': 'frame-ancestors app: http://127.0.0.1:*',
      });
    } catch {
      // A status or a header that may be read and not written: thrown here it would end the process.
      upstream.destroy();
      return fail('its answer is no proper HTTP');
    }
    answer.pipe(outgoing);
    answer.once('error', () => outgoing.destroy());
  });
  upstream.once('upgrade', (_answer, connection) => {
    connection.destroy();
    fail('it speaks another protocol');
  });
  upstream.once('error', (error) => {
    const failure = failureOf(error);
    fail(failure.code === 'unreachable' ? failure.reason : error.message);
  });
  incoming.pipe(upstream);
  outgoing.once('close', () => upstream.destroy());
}
