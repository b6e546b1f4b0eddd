import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { FailureError } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/index.ts';

/** A port inside a pod. */
export interface PodPort {
  namespace: string;
  pod: string;
  port: number;
}

const DATA = 0;
const ERROR = 1;

/**
 * Opens one connection to a port of a pod, through the API server (`pods/portforward`, WebSocket protocol `v4.channel.k8s.io`): frames
 * start with a channel number, data 0 and error 1, and the first frame of each channel only repeats the port. Both directions carry
 * back-pressure: a paused reader stops the socket, a slow server delays the write's callback. This protocol cannot half-close, so the
 * connection lives until one side ends it. Throws `FailureError` when the API server refuses; a refusal by the pod (nobody listens)
 * destroys the stream with a `FailureError` of code `unreachable`.
 */
export async function openTunnel(cluster: Cluster, target: PodPort, signal: AbortSignal): Promise<Duplex> {
  const path = `/api/v1/namespaces/${encodeURIComponent(target.namespace)}/pods/${encodeURIComponent(target.pod)}/portforward`;
  const socket = await cluster.websocket(path, { ports: target.port }, ['v4.channel.k8s.io'], signal);
  return tunnelOver(socket, target);
}

/** The stream over an agreed socket; apart from {@link openTunnel} for its tests. */
export function tunnelOver(socket: WebSocket, target: PodPort): Duplex {
  const announced = new Set<number>();
  const stream = new Duplex({
    read: () => socket.resume(),
    write(chunk: Buffer, _encoding, done) {
      socket.send(Buffer.concat([Uint8Array.of(DATA), chunk]), { binary: true }, (error) => done(error ?? null));
    },
    destroy(error, done) {
      socket.terminate();
      done(error);
    },
  });
  socket.on('message', (message: Buffer) => {
    const channel = message[0] ?? DATA;
    const payload = message.subarray(1);
    if (!announced.has(channel)) {
      announced.add(channel);
      if (payload.length <= 2) return;
    }
    if (channel === ERROR && payload.length > 0) {
      const reason = payload.toString('utf8').trim();
      stream.destroy(new FailureError({ code: 'unreachable', server: `${target.pod}:${target.port}`, reason }));
    } else if (channel === DATA && !stream.push(payload)) {
      socket.pause();
    }
  });
  socket.on('close', () => {
    if (!stream.readableEnded) stream.push(null);
    stream.destroy();
  });
  socket.on('error', (error) => stream.destroy(error));
  return stream;
}
