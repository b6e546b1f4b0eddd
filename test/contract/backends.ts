import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { WebSocket, WebSocketServer } from 'ws';
import type { Core } from '../../electron/core.ts';
import { createRouter } from '../../electron/router.ts';
import type { contract } from '../../shared/contract/index.ts';

type Backend = ContractRouterClient<typeof contract>;

/** A client, and everything that crossed to it as text. */
export interface Connected {
  backend: Backend;
  crossed(): string;
  close(): void;
}

/** A client over a MessagePort, as in Electron. */
function byPort(core: Core): Promise<Connected> {
  const { port1, port2 } = new MessageChannel();
  const messages: unknown[] = [];
  port2.on('message', (message) => messages.push(message));
  new PortHandler(createRouter(core)).upgrade(port1 as unknown as MessagePort & globalThis.MessagePort);
  port1.start();
  const backend: Backend = createORPCClient(new PortLink({ port: port2 as unknown as globalThis.MessagePort }));
  port2.start();
  return Promise.resolve({ backend, crossed: () => textOf(messages), close: () => port1.close() });
}

/** A client over a WebSocket, as in a browser. */
async function bySocket(core: Core): Promise<Connected> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const handler = new SocketHandler(createRouter(core));
  sockets.on('connection', (socket) => void handler.upgrade(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const messages: unknown[] = [];
  socket.on('message', (message) => messages.push(message));
  await new Promise((resolve) => socket.once('open', resolve));
  const backend: Backend = createORPCClient(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket }));
  const close = () => {
    socket.terminate();
    server.close();
  };
  return { backend, crossed: () => textOf(messages), close };
}

/** Both ways a window speaks to the backend, for `describe.each`. */
export const transports: [name: string, connect: (core: Core) => Promise<Connected>][] = [
  ['MessagePort', byPort],
  ['WebSocket', bySocket],
];

function textOf(messages: unknown[]): string {
  return messages
    .map((message) => (message instanceof Uint8Array ? Buffer.from(message).toString() : JSON.stringify(message)))
    .join('\n');
}
