import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { FailureError } from '../../shared/failure.ts';
import { createFrameReader, dataFrame, openingFrames, pingFrame, resetFrame, type SpdyEvent, streamsOf } from './spdy-frames.ts';

/** A port inside a pod. */
export interface PodPort {
  namespace: string;
  pod: string;
  port: number;
}

/** A WebSocket to a pod over which connections to its ports go, one after the other. */
export interface Session {
  /** False while a connection is open, and for ever once the socket is closed. */
  readonly free: boolean;
  /** How often anything came from the pod's side. */
  readonly heard: number;
  /** Whether its reader makes it wait: nothing is heard then, answers included. */
  readonly paused: boolean;
  /** A connection; only while the session is free. What goes wrong destroys it with a `FailureError` of code `unreachable`. */
  connect(target: PodPort): Duplex;
  /** Asks the container runtime for a sign of life, which `heard` counts. */
  ping(): void;
  close(): void;
}

export interface SessionListener {
  onFree(): void;
  onClosed(): void;
}

/** Bytes that wait for a reader before the server is made to wait; what is on its way in the sockets comes on top. */
const HIGH = 256 * 1024;
const PIECE = 32 * 1024;

interface Connection {
  data: number;
  error: number;
  stream: Duplex;
  target: PodPort;
  words: string;
  /** Whether any byte of data came: then nobody refused, and what the error stream says does not matter any more. */
  accepted: boolean;
  errorEnded: boolean;
  endedHere: boolean;
  endedThere: boolean;
}

/**
 * The session over a socket that has agreed on `SPDY/3.1+portforward.k8s.io`. SPDY would carry connections side by side, but the runtimes
 * ignore its flow control, so that one reader that waits would stop all others: here a session carries one at a time, and the next
 * over the same socket once both halves of the one before have ended, which saves it the way through TLS, API server and kubelet.
 */
export function sessionOver(socket: WebSocket, listener: SessionListener): Session {
  let opened = 0;
  let pings = 1;
  let heard = 0;
  let current: Connection | null = null;

  const send = (bytes: Buffer, done: (error?: Error | null) => void = () => {}): void =>
    socket.send(bytes, { binary: true }, (error) => done(error ?? null));

  /** Ends what the pod said, once it is clear that it is no refusal: the runtime may end the data before it says on the other stream why. */
  function finish(connection: Connection): void {
    const { accepted, errorEnded, endedThere, stream, target } = connection;
    const words = connection.words.trim();
    if (errorEnded && words !== '' && !accepted) {
      stream.destroy(new FailureError({ code: 'unreachable', server: `${target.pod}:${target.port}`, reason: words }));
    } else if (endedThere && (accepted || errorEnded)) {
      stream.push(null);
    }
  }

  function take(event: SpdyEvent): void {
    // Even numbers are the server's own questions.
    if (event.kind === 'ping' && event.id % 2 === 0) send(pingFrame(event.id));
    if (current === null || !('stream' in event)) return;
    const { data, error, stream } = current;
    if (event.stream === error) {
      if (event.kind === 'data') current.words += event.payload.toString('utf8');
      else current.errorEnded = true;
      finish(current);
    } else if (event.stream === data && event.kind === 'data') {
      current.accepted ||= event.payload.length > 0;
      if (event.payload.length > 0 && !stream.push(event.payload)) socket.pause();
    } else if (event.stream === data && event.kind === 'end') {
      current.endedThere = true;
      finish(current);
    } else if (event.stream === data) stream.destroy();
  }

  /** After an end in order the session is free again; else it takes its socket along, for much may still be on its way. */
  function leave(connection: Connection): void {
    if (current === connection) current = null;
    if (socket.readyState !== socket.OPEN) return;
    if (!connection.endedThere || !connection.endedHere) {
      send(resetFrame(connection.data));
      socket.terminate();
      return;
    }
    socket.resume();
    listener.onFree();
  }

  const read = createFrameReader(take);
  socket.on('message', (message: Buffer) => {
    heard += 1;
    try {
      read(message);
    } catch (error) {
      current?.stream.destroy(error instanceof Error ? error : undefined);
      socket.terminate();
    }
  });
  let broken: Error | null = null;
  socket.on('error', (error) => {
    broken = error;
  });
  socket.once('close', () => {
    const connection = current;
    if (connection !== null) {
      const { pod, port } = connection.target;
      const reason = broken === null ? 'the connection to the pod was lost' : broken.message;
      connection.stream.destroy(new FailureError({ code: 'unreachable', server: `${pod}:${port}`, reason }));
    }
    listener.onClosed();
  });

  return {
    get free() {
      return current === null && socket.readyState === socket.OPEN;
    },
    get heard() {
      return heard;
    },
    get paused() {
      return socket.isPaused;
    },
    connect(target) {
      const ids = streamsOf(opened);
      const stream: Duplex = new Duplex({
        readableHighWaterMark: HIGH,
        read: () => socket.resume(),
        write(chunk: Buffer, _encoding, done) {
          const last = Math.floor((chunk.length - 1) / PIECE) * PIECE;
          for (let at = 0; at < last; at += PIECE) send(dataFrame(ids.data, chunk.subarray(at, at + PIECE), false));
          send(dataFrame(ids.data, chunk.subarray(Math.max(0, last)), false), done);
        },
        final(done) {
          connection.endedHere = true;
          send(dataFrame(ids.data, new Uint8Array(), true), done);
        },
        destroy(error, done) {
          leave(connection);
          done(error);
        },
      });
      const connection: Connection = {
        ...ids,
        stream,
        target,
        words: '',
        accepted: false,
        errorEnded: false,
        endedHere: false,
        endedThere: false,
      };
      current = connection;
      // Who stopped listening before the pod vanished does not end the process with it.
      stream.on('error', () => {});
      send(openingFrames(opened, target.port));
      opened += 1;
      return stream;
    },
    ping() {
      send(pingFrame(pings));
      pings += 2;
    },
    close: () => socket.terminate(),
  };
}
