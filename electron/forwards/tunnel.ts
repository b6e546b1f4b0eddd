import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { FailureError } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/index.ts';
import { type PodPort, sessionOver } from './session.ts';

/** The protocol of kubectl's port-forward since Kubernetes 1.30: ports are opened later, and each half of a connection ends for itself. */
export const SPDY = 'SPDY/3.1+portforward.k8s.io';
/** The older one: the port is opened together with the WebSocket. */
export const V4 = 'v4.channel.k8s.io';

const DATA = 0;
const ERROR = 1;

/** A WebSocket to `pods/portforward` that has agreed on one of `protocols`. Throws `FailureError` when the API server refuses. */
export function openSocket(cluster: Cluster, target: PodPort, protocols: string[], signal: AbortSignal): Promise<WebSocket> {
  const path = `/api/v1/namespaces/${encodeURIComponent(target.namespace)}/pods/${encodeURIComponent(target.pod)}/portforward`;
  return cluster.websocket(path, { ports: target.port }, protocols, signal);
}

/**
 * Opens one connection to a port of a pod, through the API server. Both directions carry back-pressure: a paused reader stops the
 * socket, a slow server delays the write's callback. Throws `FailureError` when the API server refuses; a refusal by the pod (nobody
 * listens) destroys the stream with a `FailureError` of code `unreachable`.
 */
export async function openTunnel(cluster: Cluster, target: PodPort, signal: AbortSignal): Promise<Duplex> {
  const socket = await openSocket(cluster, target, [SPDY, V4], signal);
  if (socket.protocol !== SPDY) return tunnelOver(socket, target);
  return sessionOver(socket, { onFree: () => socket.terminate(), onClosed: () => {} }).connect(target);
}

/**
 * The stream over a socket that has agreed on v4: frames start with a channel number, data 0 and error 1, and the first frame of each
 * channel only repeats the port. This protocol cannot half-close: what `end()` says stays here, the pod's program does not hear that its
 * client has finished, and the connection lives until the pod's side ends it or the stream is destroyed.
 */
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
