import { createServer } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { dictionary } from './dictionary.ts';
import { bytesOf, createFrameReader, type Frame } from './frames.ts';
import { createHeaderCodec } from './headers.ts';
import { type Dial, tunnel } from './tunnel.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const frames: Frame[] = [
  { kind: 'open', stream: 1, last: true, headers: Buffer.from('packed') },
  { kind: 'reply', stream: 1, headers: Buffer.from('more') },
  { kind: 'data', stream: 0x7fffffff, last: false, payload: Buffer.alloc(70_000, 1) },
  { kind: 'data', stream: 3, last: true, payload: Buffer.alloc(0) },
  { kind: 'ping', id: 0x80000001 },
  { kind: 'reset', stream: 5 },
];

test.each([1, 7, 8, 9, 100, 1_000_000])('frames are read from pieces of %i bytes', (size) => {
  const bytes = Buffer.concat(frames.map(bytesOf));
  const reader = createFrameReader();
  const read: Frame[] = [];
  for (let at = 0; at < bytes.length; at += size) read.push(...reader.feed(bytes.subarray(at, at + size)));
  expect(read).toEqual(frames);
});

test('the dictionary has the length of the specification', () => {
  expect(dictionary).toHaveLength(1423);
});

test('headers survive, one block after the other', async () => {
  const [here, there] = [createHeaderCodec(), createHeaderCodec()];
  closers.push(here.close, there.close);
  for (const value of ['error', 'data', 'data', '']) {
    const headers = new Map([
      ['streamtype', value],
      ['port', '4040'],
    ]);
    expect(await there.unpack(await here.pack(headers))).toEqual(headers);
  }
});

/** A client of a tunnel; `received` collects what comes back by stream. */
async function client(dial: Dial) {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  sockets.on('connection', (socket) => tunnel(socket, dial));
  const address = http.address();
  const socket = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
  await new Promise((resolve) => socket.once('open', resolve));
  closers.push(() => {
    socket.terminate();
    sockets.close();
    http.close();
  });
  const codec = createHeaderCodec();
  closers.push(codec.close);
  const reader = createFrameReader();
  const received: Frame[] = [];
  socket.on('message', (data: Buffer) => received.push(...reader.feed(data)));
  const send = (frame: Frame): void => socket.send(bytesOf(frame));
  const text = (stream: number): string =>
    received.map((frame) => (frame.kind === 'data' && frame.stream === stream ? frame.payload.toString() : '')).join('');
  const ended = async (stream: number): Promise<string> => {
    while (!received.some((frame) => frame.kind === 'data' && frame.stream === stream && frame.last))
      await new Promise(setImmediate);
    return text(stream);
  };
  return {
    socket,
    send,
    ended,
    received,
    async connect(first: number, port: number) {
      for (const [index, type] of ['error', 'data'].entries()) {
        const headers = await codec.pack(
          new Map([
            ['streamtype', type],
            ['port', String(port)],
            ['requestid', String(first)],
          ]),
        );
        send({ kind: 'open', stream: first + 2 * index, last: type === 'error', headers });
      }
    },
  };
}

/** A program that answers in capitals, and ends when its client has said all. */
function shouting(): Duplex {
  const [here, there] = duplexPair();
  there.on('data', (chunk: Buffer) => there.write(chunk.toString().toUpperCase()));
  there.on('end', () => there.end('.'));
  return here;
}

test('several connections share a tunnel, and the end of one half leaves the other', async () => {
  const one = await client(shouting);
  await one.connect(1, 4040);
  await one.connect(5, 4040);
  one.send({ kind: 'data', stream: 3, last: true, payload: Buffer.from('first') });
  one.send({ kind: 'data', stream: 7, last: true, payload: Buffer.from('second') });
  expect(await one.ended(3)).toBe('FIRST.');
  expect(await one.ended(7)).toBe('SECOND.');
  expect(await one.ended(1)).toBe('');
});

test('a port where nobody listens is told on the error stream, and a ping is answered', async () => {
  const one = await client((port) => `nobody at ${port}`);
  await one.connect(1, 81);
  expect(await one.ended(1)).toBe('nobody at 81');
  one.send({ kind: 'ping', id: 9 });
  while (!one.received.some((frame) => frame.kind === 'ping' && frame.id === 9)) await new Promise(setImmediate);
});

test('a client that vanishes closes its connections', async () => {
  const [here] = duplexPair();
  const one = await client(() => here);
  await one.connect(1, 4040);
  while (one.received.length < 2) await new Promise(setImmediate);
  const gone = new Promise((resolve) => here.once('close', resolve));
  one.socket.terminate();
  await gone;
});
