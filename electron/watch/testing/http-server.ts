import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createObjects } from './objects.ts';

/** Takes a request over from the server; false leaves it to the server. */
type Fault = (request: { url: URL; isWatch: boolean; response: http.ServerResponse }) => boolean;

/** An API server of one resource that can be told to misbehave. */
export async function startApiServer() {
  const objects = createObjects();
  const sockets = new Set<Socket>();
  const watches = new Map<http.ServerResponse, () => void>();
  const requests: { isWatch: boolean; query: Record<string, string> }[] = [];
  const state: { fault: Fault | null } = { fault: null };

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const isWatch = url.searchParams.get('watch') === 'true';
    requests.push({ isWatch, query: Object.fromEntries(url.searchParams) });
    if (state.fault?.({ url, isWatch, response })) return;
    if (!isWatch) {
      const { status, body } = objects.list(Number(url.searchParams.get('limit') ?? 0), url.searchParams.get('continue'));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const stop = objects.watch(Number(url.searchParams.get('resourceVersion')), (line) => response.write(line));
    watches.set(response, stop);
    response.on('close', () => {
      stop();
      watches.delete(response);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listen(0);
  const port = (server.address() as AddressInfo).port;

  function listen(at: number): Promise<void> {
    return new Promise((resolve) => server.listen(at, '127.0.0.1', resolve));
  }

  return {
    objects,
    port,
    requests,
    state,
    sockets,
    watches,
    /** Resets every connection. */
    cut(): void {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    /** Ends every watch in order. */
    endWatches(): void {
      for (const [watch, stop] of watches) {
        stop();
        watch.end();
      }
    },
    stop(): Promise<void> {
      return new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
    start: () => listen(port),
  };
}
