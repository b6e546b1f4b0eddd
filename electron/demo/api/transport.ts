import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './certificate.ts';

/** HTTPS on a free loopback port. */
export interface Transport {
  server: Server;
  /** The TCP socket below a request's TLS. */
  wireOf(request: IncomingMessage): Socket;
  listen(): Promise<number>;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
}

/** Speaks HTTPS with `certificate`; nobody listens before `listen`, which returns the port. */
export function createTransport({ certificate, key }: Certificate): Transport {
  const server = createServer({ cert: certificate, key, allowHalfOpen: true });
  // Only the socket below TLS can be reset, and Node does not lead from one to the other: they share the client's port.
  const wires = new Map<number, Socket>();
  server.on('connection', (wire: Socket) => {
    const port = wire.remotePort ?? 0;
    wires.set(port, wire);
    wire.once('close', () => {
      if (wires.get(port) === wire) wires.delete(port);
    });
  });
  // A client that does not trust the certificate, or speaks no TLS, is no concern of the cluster.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return {
    server,
    wireOf: (request) => wires.get(request.socket.remotePort ?? 0) ?? request.socket,
    async listen() {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === 'string') throw new Error('no TCP address');
      return address.port;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const wire of wires.values()) wire.destroy();
      await closed;
    },
  };
}
