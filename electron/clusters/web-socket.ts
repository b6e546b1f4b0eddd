import type http from 'node:http';
import WebSocket from 'ws';
import { FailureError } from '../../shared/failure.ts';
import type { Clock } from '../platform/world.ts';
import type { Credential } from './credentials/credential.ts';
import { dropIdle, type Incoming } from './send.ts';

/** Largest message that is taken, in bytes; the API server's own are 32 KiB. */
const MESSAGE_LIMIT = 16 * 1024 * 1024;

/**
 * Opens a WebSocket. Resolves with it, or with the answer of a server that would not switch protocols. Rejects with the network's
 * error, `no-answer`, or the reason of `signal`, which also ends an open one.
 */
export function openWebSocket(
  url: URL,
  protocols: string[],
  credential: Credential,
  agent: http.Agent,
  signal: AbortSignal,
  timeLimit: number,
  server: string,
  clock: Clock,
): Promise<WebSocket | Incoming> {
  const address = new URL(url.href);
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new Promise((resolve, reject) => {
    // Agreed on here and not by ws, which takes only tokens: `SPDY/3.1+portforward.k8s.io` has a slash in it.
    const socket = new WebSocket(address, {
      agent,
      headers: { 'User-Agent': 'emberdeck', 'Sec-WebSocket-Protocol': protocols.join(','), ...credential.headers },
      perMessageDeflate: false,
      maxPayload: MESSAGE_LIMIT,
      followRedirects: false,
    });
    const aborted = () => {
      reject(signal.reason);
      socket.terminate();
    };
    const cancelLimit = clock.after(timeLimit, () => {
      reject(new FailureError({ code: 'no-answer', server, seconds: Math.round(timeLimit / 1000) }));
      socket.terminate();
      dropIdle(agent);
    });
    signal.addEventListener('abort', aborted, { once: true });
    // Stays after the opening, so that an error that nobody listens to yet does not end the process; 'close' follows it.
    socket.on('error', (error) => {
      cancelLimit();
      reject(signal.aborted ? signal.reason : error);
    });
    socket.once('close', () => signal.removeEventListener('abort', aborted));
    socket.once('upgrade', ({ headers }) => {
      const agreed = headers['sec-websocket-protocol'] ?? '';
      delete headers['sec-websocket-protocol'];
      Object.defineProperty(socket, 'protocol', { value: agreed });
    });
    socket.once('unexpected-response', (_request, message) => {
      cancelLimit();
      signal.removeEventListener('abort', aborted);
      resolve({ status: message.statusCode ?? 0, message, body: message });
    });
    socket.once('open', () => {
      cancelLimit();
      if (!protocols.includes(socket.protocol)) {
        reject(new FailureError({ code: 'unreachable', server, reason: 'it agrees on none of our WebSocket protocols' }));
        socket.terminate();
        return;
      }
      // Frames that came with the handshake must wait until the caller, some promises later, listens.
      socket.pause();
      setImmediate(() => socket.resume());
      resolve(socket);
    });
  });
}
