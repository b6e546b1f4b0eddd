import { createServer } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { openBench } from '../testing.ts';
import { type Channels, openChannels } from './channels.ts';
import { connection } from './port-forward.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Both ends of a WebSocket on loopback. */
async function pair(): Promise<{ server: WebSocket; client: WebSocket }> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  const server = await new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
  closers.push(() => {
    client.terminate();
    sockets.close();
    http.close();
  });
  if (client.readyState !== client.OPEN) await new Promise((resolve) => client.once('open', resolve));
  return { server, client };
}

const never = (): null => null;
const open = (server: WebSocket): Channels => openChannels(server, never, () => undefined);

test('a large payload comes in messages of 32 KiB, each with its channel', async () => {
  const { server, client } = await pair();
  const messages: Buffer[] = [];
  client.on('message', (data: Buffer) => messages.push(data));
  const channels = open(server);
  await channels.send(1, Buffer.alloc(70_000, 7));
  await channels.send(3, Buffer.alloc(0));
  channels.close();
  await new Promise((resolve) => client.once('close', resolve));
  expect(messages.map((data) => [data[0], data.length - 1])).toEqual([
    [1, 32_768],
    [1, 32_768],
    [1, 4464],
    [3, 0],
  ]);
});

test('a client that does not read stops the source, and one that goes lets it go', async () => {
  const { server, client } = await pair();
  client.pause();
  const channels = open(server);
  let sent = 0;
  const source = (async () => {
    while (server.readyState === server.OPEN) {
      await channels.send(1, Buffer.alloc(32_768));
      sent += 32_768;
    }
  })();
  await delay(300);
  const then = sent;
  await delay(100);
  expect(sent).toBe(then);
  expect(server.bufferedAmount).toBeLessThan(1024 * 1024);
  client.terminate();
  await source;
});

test('a promise of the receiver stops the reading until it resolves', async () => {
  const { server, client } = await pair();
  const received: string[] = [];
  let release = (): void => undefined;
  const receive = (_channel: number, payload: Buffer): Promise<void> | null => {
    received.push(payload.toString());
    return received.length > 1 ? null : new Promise((resolve) => (release = resolve));
  };
  openChannels(server, receive, () => undefined);
  client.send('0one');
  await delay(50);
  client.send('0two');
  await delay(50);
  expect(received).toEqual(['one']);
  release();
  await delay(50);
  expect(received).toEqual(['one', 'two']);
});

/** A connection into a pod: `pod` is what a program there sees. */
async function joined(): Promise<{ client: WebSocket; here: Duplex; pod: Duplex; ended: Promise<void> }> {
  const { server, client } = await pair();
  const [here, pod] = duplexPair();
  let finish = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let into: ReturnType<typeof connection> | null = null;
  const channels = openChannels(
    server,
    (_channel, payload) => into?.write(payload) ?? null,
    () => into?.close(),
  );
  into = connection(channels, 0, here, finish);
  return { client, here, pod, ended };
}

test('a connection carries both directions, and the last bytes before an end', async () => {
  const { client, pod, ended } = await joined();
  const received: Buffer[] = [];
  client.on('message', (data: Buffer) => received.push(data.subarray(1)));
  pod.on('data', (chunk: Buffer) => pod.write(Buffer.from(chunk.toString().toUpperCase())));
  client.send('\0hello');
  await delay(50);
  pod.end(Buffer.alloc(200_000, 1));
  await ended;
  await delay(50);
  const bytes = Buffer.concat(received);
  expect(bytes.subarray(0, 5).toString()).toBe('HELLO');
  expect(bytes).toHaveLength(200_005);
});

test('a pod that does not read stops the client, and one that ends meanwhile ends the connection', async () => {
  const { client, here, pod, ended } = await joined();
  pod.pause();
  for (let index = 0; index < 400; index += 1) client.send(Buffer.alloc(32_769));
  await delay(300);
  expect(client.bufferedAmount).toBeGreaterThan(1024 * 1024);
  here.destroy();
  await ended;
});

test('a client that vanishes closes the connection in the pod', async () => {
  const { client, here } = await joined();
  const gone = new Promise((resolve) => here.once('close', resolve));
  client.terminate();
  await gone;
});

test('a cluster that closes ends its sessions, and the sessions of a pod end with it', async () => {
  const bench = await openBench();
  const { cluster } = bench;
  let closed = false;
  closers.push(() => (closed ? undefined : cluster.close()));
  const headers = { Authorization: `Bearer ${cluster.token}` };
  const container = { name: 'main', image: 'emberdeck.test/spark:3.5.7', command: ['sleep', '600'] };
  const place = '/api/v1/namespaces/default/pods';
  const create = () =>
    bench.ask('POST', place, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [container], terminationGracePeriodSeconds: 0 },
    });
  await create();
  const begin = async (): Promise<{ messages: Buffer[]; closed: Promise<number> }> => {
    for (let tries = 0; ; tries += 1) {
      const address = `${cluster.url.replace('http', 'ws')}${place}/p/exec?command=cat&stdin=1&stdout=1`;
      const socket = new WebSocket(address, ['v5.channel.k8s.io'], { headers, rejectUnauthorized: false });
      const messages: Buffer[] = [];
      socket.on('message', (data: Buffer) => messages.push(data));
      socket.on('error', () => undefined);
      const over = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.once('open', () => socket.send('\0here'));
      await delay(150);
      if (messages.some((data) => data.includes('here'))) return { messages, closed: over };
      if (tries > 30) throw new Error(`no session: ${messages.join()}`);
    }
  };
  const first = await begin();
  await bench.ask('DELETE', `${place}/p`);
  expect(await first.closed).toBe(1000);
  expect(first.messages.at(-1)?.toString()).toContain('exit code 137');
  while ((await create()).status !== 201) await delay(50);
  const second = await begin();
  closed = true;
  await cluster.close();
  expect(await second.closed).toBe(1006);
}, 20_000);
