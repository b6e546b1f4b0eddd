import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FailureError } from '../../shared/failure.ts';
import type { Clock } from '../platform/world.ts';
import { errorCode } from './error-code.ts';

/** One HTTP request, ready to go. `timeLimit` is milliseconds until the answer's headers are there. */
export interface Outgoing {
  url: URL;
  method: string;
  headers: Record<string, string | string[]>;
  body: Buffer | null;
  agent: http.Agent;
  timeLimit: number;
  signal: AbortSignal | undefined;
  /** For the words of a failure. */
  server: string;
}

/** An answer whose body is still to be read: unpacked, and without listeners. Destroying it closes the connection. */
export interface Incoming {
  status: number;
  message: http.IncomingMessage;
  body: Readable;
}

/**
 * Sends a request and waits for the headers. Rejects with the network's own error, with `no-answer`, or with the reason of the signal.
 * A GET is sent again when it met a kept connection just as the server closed it.
 */
export async function send(outgoing: Outgoing, clock: Clock): Promise<Incoming> {
  const first = attempt(outgoing, clock);
  try {
    return await first.answer;
  } catch (error) {
    const stale = first.request.reusedSocket && errorCode(error) === 'ECONNRESET' && outgoing.method === 'GET';
    if (!stale || outgoing.signal?.aborted) throw error;
    return attempt(outgoing, clock).answer;
  }
}

function attempt(outgoing: Outgoing, clock: Clock): { request: http.ClientRequest; answer: Promise<Incoming> } {
  const { url, method, headers, body, agent, timeLimit, signal, server } = outgoing;
  const request = (url.protocol === 'https:' ? https : http).request(url, {
    method,
    headers: body === null ? headers : { ...headers, 'Content-Length': String(body.length) },
    agent,
    ...(signal === undefined ? {} : { signal }),
  });
  const answer = new Promise<Incoming>((resolve, reject) => {
    const cancelLimit = clock.after(timeLimit, () => {
      reject(new FailureError({ code: 'no-answer', server, seconds: Math.round(timeLimit / 1000) }));
      request.destroy();
      dropIdle(agent);
    });
    // Between the end of an answer and its return to the pool a socket has no listener: an abort just then would end the process.
    request.once('socket', (socket) => {
      if (!socket.listeners('error').includes(unheard)) socket.on('error', unheard);
    });
    // Stays for the life of the request: a late error after the headers belongs to the body's reader.
    request.on('error', (error) => {
      cancelLimit();
      reject(signal?.aborted ? signal.reason : error);
    });
    request.once('response', (message) => {
      cancelLimit();
      resolve({ status: message.statusCode ?? 0, message, body: unpacked(message) });
    });
    request.end(body ?? undefined);
  });
  return { request, answer };
}

const unheard = (): void => {};

function unpacked(message: http.IncomingMessage): Readable {
  if (message.headers['content-encoding'] !== 'gzip') return message;
  const gunzip = createGunzip();
  // Errors reach whoever reads the result; nobody reading is no reason to end the process.
  gunzip.on('error', () => {});
  pipeline(message, gunzip, () => {});
  return gunzip;
}

/** Closes kept connections that nobody uses: after a silence (sleep, a VPN gone) they lead nowhere, and the next request must not find them. */
export function dropIdle(agent: http.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of [...(sockets ?? [])]) socket.destroy();
}
