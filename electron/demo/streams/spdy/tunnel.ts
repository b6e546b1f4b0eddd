import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { bytesOf, createFrameReader, type Frame } from './frames.ts';
import { createHeaderCodec } from './headers.ts';

/** The protocol of kubectl's port-forward since 1.30: SPDY/3.1 inside the messages of a WebSocket. */
export const TUNNEL = 'SPDY/3.1+portforward.k8s.io';

/** How a port of a pod is reached: a stream, or why nobody answers there. */
export type Dial = (port: number) => Duplex | string;

/** Two streams belong to a connection: one for its bytes and one for its errors. */
interface Connection {
  socket: Duplex | null;
  errors: number;
}

const HIGH = 256 * 1024;
const PIECE = 32 * 1024;

/**
 * Serves any number of connections over one WebSocket. Each is two streams with the same `requestid`: `error` comes first, then `data`.
 * Unlike in `v4.channel.k8s.io`, either side may end its half. The reading stops while a pod does not take what came.
 */
export function tunnel(websocket: WebSocket, dial: Dial): void {
  const reader = createFrameReader();
  const codec = createHeaderCodec();
  const connections = new Map<number, Connection>();
  const errorStreams = new Map<string, number>();

  const send = (frame: Frame): Promise<void> | null => {
    if (websocket.readyState !== websocket.OPEN) return null;
    if (websocket.bufferedAmount < HIGH) {
      websocket.send(bytesOf(frame));
      return null;
    }
    return new Promise((resolve) => websocket.send(bytesOf(frame), () => resolve()));
  };
  const finish = (stream: number, payload = Buffer.alloc(0)) => send({ kind: 'data', stream, last: true, payload });

  const join = (stream: number, errors: number, port: number): void => {
    const socket = dial(port);
    if (typeof socket === 'string') {
      connections.set(stream, { socket: null, errors });
      void finish(errors, Buffer.from(socket));
      void finish(stream);
      return;
    }
    connections.set(stream, { socket, errors });
    void pump(socket, stream, errors);
  };

  const pump = async (socket: Duplex, stream: number, errors: number): Promise<void> => {
    try {
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
        const bytes = Buffer.from(chunk);
        for (let at = 0; at < bytes.length; at += PIECE) {
          await send({ kind: 'data', stream, last: false, payload: bytes.subarray(at, at + PIECE) });
        }
      }
    } catch {
      socket.destroy();
    }
    void finish(stream);
    void finish(errors);
  };

  const opened = async (stream: number, block: Buffer): Promise<void> => {
    const headers = await codec.unpack(block);
    send({ kind: 'reply', stream, headers: await codec.pack(new Map()) });
    const request = headers.get('requestid') ?? '';
    if (headers.get('streamtype') === 'error') errorStreams.set(request, stream);
    else join(stream, errorStreams.get(request) ?? stream, Number(headers.get('port')));
  };

  const take = async (frame: Frame): Promise<void> => {
    if (frame.kind === 'open') return opened(frame.stream, frame.headers);
    if (frame.kind === 'ping') send(frame);
    if (frame.kind === 'reset') {
      connections.get(frame.stream)?.socket?.destroy();
      connections.delete(frame.stream);
    }
    const socket = frame.kind === 'data' ? connections.get(frame.stream)?.socket : undefined;
    if (frame.kind !== 'data' || !socket || socket.destroyed) return;
    const free = frame.payload.length === 0 || socket.write(frame.payload);
    if (frame.last) socket.end();
    else if (!free) await drained(socket);
  };

  let working = Promise.resolve();
  websocket.on('message', (message: Buffer) => {
    websocket.pause();
    for (const frame of reader.feed(message)) working = working.then(() => take(frame));
    working = working.catch(() => websocket.terminate());
    void working.then(() => websocket.resume());
  });
  websocket.once('close', () => {
    for (const { socket } of connections.values()) socket?.destroy();
    codec.close();
  });
}

function drained(socket: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
