import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { authority, serverCertificate, serverKey } from './certificates.ts';

/** A server on loopback for one test. */
export interface TestServer {
  url: string;
  requests: IncomingMessage[];
  /** Connections that were ever made to it. */
  connections: () => number;
  server: Server;
  close(): Promise<void>;
}

/** Starts a server that answers with `answer`; over TLS with the tests' certificate unless `plain`. It asks for client certificates and takes any. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  { plain = false } = {},
): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request);
    answer(request, response);
  };
  const server = plain
    ? createHttpServer(listener)
    : createServer(
        { key: serverKey, cert: serverCertificate, ca: authority, requestCert: true, rejectUnauthorized: false },
        listener,
      );
  let count = 0;
  server.on(plain ? 'connection' : 'secureConnection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${plain ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    connections: () => count,
    server,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string | string[]> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
