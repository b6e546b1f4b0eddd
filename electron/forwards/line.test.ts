import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Cluster } from '../clusters/index.ts';
import { tunnel } from '../demo/streams/spdy/tunnel.ts';
import { systemClock } from '../platform/world.ts';
import { type LineState, openLine } from './line.ts';
import { SPDY } from './tunnel.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const target = { namespace: 'default', pod: 'pi-driver', port: 4040 };
const some = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A line to a pod that answers with what it is told, in capitals; `sockets` and `dialled` count what the API server and the pod saw. */
async function open(program = (socket: Socket): unknown => socket.pipe(socket)) {
  const pod = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    program(socket);
  });
  await new Promise<void>((resolve) => pod.listen(0, '127.0.0.1', resolve));
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((resolve) => server.once('listening', resolve));
  const portOf = (of: { address(): unknown }) => (of.address() as AddressInfo).port;
  const seen = { sockets: 0, dialled: 0 };
  server.on('connection', (socket) => {
    seen.sockets += 1;
    tunnel(socket, () => {
      seen.dialled += 1;
      return connect({ port: portOf(pod), host: '127.0.0.1', allowHalfOpen: true });
    });
  });
  const none = () => Promise.reject(new Error('not asked here'));
  const cluster: Cluster = {
    context: 'test',
    namespace: null,
    server: 'https://test',
    request: none,
    stream: none,
    async websocket(_path, _query, _protocols, signal) {
      const socket = new WebSocket(`ws://127.0.0.1:${portOf(server)}`);
      Object.defineProperty(socket, 'protocol', { value: SPDY });
      socket.on('error', () => {});
      await new Promise((resolve) => socket.once('open', resolve));
      if (signal.aborted) socket.terminate();
      else signal.addEventListener('abort', () => socket.terminate());
      return socket;
    },
  };
  const told: [number, LineState][] = [];
  const line = openLine(
    () => cluster,
    target,
    systemClock,
    (state) => told.push([Date.now(), state]),
  );
  closers.push(() => {
    line.close();
    for (const client of server.clients) client.terminate();
    server.close();
    pod.close();
  });
  await expect.poll(() => told.at(-1)?.[1].state).toBe('up');
  return { line, server, seen, told };
}

const ask = async (line: { connect(signal: AbortSignal): Promise<import('node:stream').Duplex> }, words: string) => {
  const stream = await line.connect(AbortSignal.timeout(5_000));
  stream.end(words);
  return text(stream);
};

it('keeps sessions ready that the pod does not see, and uses them again', async () => {
  const { line, seen } = await open();
  await expect.poll(() => seen.sockets).toBe(3);
  expect(seen.dialled).toBe(0);
  for (let round = 0; round < 20; round += 1) expect(await ask(line, `round ${round}`)).toBe(`round ${round}`);
  expect(seen.dialled).toBe(20);
  expect(seen.sockets).toBeLessThan(10);
});

it('says within 2 s that nobody answers any more, closes what is dead within 1 s more, and is up again with the pod', async () => {
  const { line, server, told } = await open();
  const stream = await line.connect(AbortSignal.timeout(5_000));
  const echoed = new Promise((resolve) => stream.once('data', resolve));
  stream.write('here');
  await echoed;
  for (const client of server.clients) client.pause();
  const died = Date.now();
  const closed = new Promise<number>((resolve) => stream.once('close', () => resolve(Date.now())));
  stream.resume();
  await expect.poll(() => told.at(-1)?.[1].state, { timeout: 5_000, interval: 20 }).toBe('down');
  const down = told.at(-1)?.[0] ?? 0;
  expect(down - died).toBeLessThan(2_200);
  expect(told.at(-1)?.[1]).toMatchObject({ failure: { code: 'unreachable', reason: 'no answer for 1.5 s' } });
  await expect.poll(() => told.at(-1)?.[1].state, { timeout: 5_000 }).toBe('up');
  expect(await ask(line, 'again')).toBe('again');
  expect((await closed) - down).toBeLessThan(1_000);
});

it('keeps an idle connection whose own session answers', async () => {
  const { line, server, told } = await open();
  const stream = await line.connect(AbortSignal.timeout(5_000));
  const [first] = server.clients;
  first?.terminate();
  await expect.poll(() => told.map(([, { state }]) => state)).toContain('down');
  await some(1_200);
  const echoed = new Promise((resolve) => stream.once('data', resolve));
  stream.write('still');
  expect(String(await echoed)).toBe('still');
});

it('closes the clients of an API server that is gone', async () => {
  const { line, server, told } = await open();
  const stream = await line.connect(AbortSignal.timeout(5_000));
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  const start = Date.now();
  for (const client of server.clients) client.terminate();
  await closed;
  expect(Date.now() - start).toBeLessThan(1_000);
  await expect.poll(() => told.map(([, { state }]) => state)).toContain('down');
});

it('leaves nothing open when it is closed', async () => {
  const { line, server, told } = await open();
  const stream = await line.connect(AbortSignal.timeout(5_000));
  const said = told.length;
  line.close();
  await expect.poll(() => server.clients.size).toBe(0);
  expect(stream.destroyed).toBe(true);
  await some(100);
  expect(told.length).toBe(said);
});
