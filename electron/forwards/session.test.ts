import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { tunnel } from '../demo/streams/spdy/tunnel.ts';
import { type Session, sessionOver } from './session.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const target = { namespace: 'default', pod: 'pi-driver', port: 4040 };

/** A session to a pod in which `program` gets each connection, or where nobody listens. */
async function open(program: ((socket: Socket) => void) | null) {
  const pod = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    program?.(socket);
  });
  await new Promise<void>((resolve) => pod.listen(0, '127.0.0.1', resolve));
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((resolve) => server.once('listening', resolve));
  const portOf = (of: { address(): unknown }) => (of.address() as AddressInfo).port;
  const dial = (): Duplex | string =>
    program === null ? 'connection refused' : connect({ port: portOf(pod), host: '127.0.0.1', allowHalfOpen: true });
  server.on('connection', (socket) => tunnel(socket, dial));
  const socket = new WebSocket(`ws://127.0.0.1:${portOf(server)}`);
  await new Promise((resolve) => socket.once('open', resolve));
  let frees = 0;
  const session: Session = sessionOver(socket, {
    onFree: () => {
      frees += 1;
    },
    onClosed: () => {},
  });
  closers.push(() => {
    socket.terminate();
    server.close();
    pod.close();
  });
  return { session, socket, server, frees: () => frees };
}

const shouting = (socket: Socket): void => {
  socket.on('data', (chunk: Buffer) => socket.write(String(chunk).toUpperCase()));
  socket.on('end', () => socket.end('.'));
};

it('carries what comes after the end of the other half, and one connection after the other', async () => {
  const { session, frees } = await open(shouting);
  for (const word of ['one', 'two', 'three']) {
    expect(session.free).toBe(true);
    const stream = session.connect(target);
    expect(session.free).toBe(false);
    stream.write(word);
    stream.end();
    expect(await text(stream)).toBe(`${word.toUpperCase()}.`);
    await expect.poll(() => session.free).toBe(true);
  }
  expect(frees()).toBe(3);
});

it('carries much both ways, and whole', async () => {
  const { session } = await open((socket) => socket.pipe(socket));
  const stream = session.connect(target);
  const bytes = Buffer.alloc(3_000_000, 'emberdeck');
  stream.end(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
});

it('tells in the words of the runtime that nobody listens', async () => {
  const { session } = await open(null);
  const stream = session.connect(target);
  const failed = new Promise<Error & { failure?: unknown }>((resolve) => stream.once('error', resolve));
  stream.resume();
  expect((await failed).failure).toEqual({ code: 'unreachable', server: 'pi-driver:4040', reason: 'connection refused' });
});

it('keeps less than 1 MiB for a reader that waits', async () => {
  let sent = 0;
  const { session, socket } = await open((pod) => {
    const more = (): void => {
      while (!pod.destroyed && pod.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
      sent += 64 * 1024;
    };
    pod.on('drain', more);
    more();
  });
  const stream = session.connect(target);
  stream.read(0);
  await expect.poll(() => socket.isPaused).toBe(true);
  let before = -1;
  await expect
    .poll(
      () => {
        const still = sent === before;
        before = sent;
        return still;
      },
      { interval: 300 },
    )
    .toBe(true);
  expect(stream.readableLength).toBeLessThan(1024 * 1024);
});

it('makes a writer wait while the pod does not read', async () => {
  const { session } = await open((pod) => pod.pause());
  const stream = session.connect(target);
  let written = 0;
  while (written < 64 * 1024 * 1024 && stream.write(Buffer.alloc(64 * 1024))) written += 64 * 1024;
  expect(stream.writableLength).toBeLessThan(1024 * 1024);
});

it('destroys its connection when the socket goes', async () => {
  const { session, server } = await open(shouting);
  const stream = session.connect(target);
  const failed = new Promise<Error & { failure?: unknown }>((resolve) => stream.once('error', resolve));
  for (const client of server.clients) client.terminate();
  expect((await failed).failure).toMatchObject({ code: 'unreachable', reason: 'the connection to the pod was lost' });
  expect(session.free).toBe(false);
});

it('goes with a connection that was broken off, of which much may still come', async () => {
  const { session, socket, frees } = await open(shouting);
  session.connect(target).destroy();
  await expect.poll(() => socket.readyState).toBe(WebSocket.CLOSED);
  expect(frees()).toBe(0);
});

it('hears an answer to its question', async () => {
  const { session } = await open(shouting);
  session.ping();
  await expect.poll(() => session.heard).toBe(1);
});
