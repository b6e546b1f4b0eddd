import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ApiError } from '../api/status.ts';
import type { JsonObject } from '../json.ts';

/**
 * What goes wrong, on which request.
 * `reset`: TCP reset. `end`: the connection closes cleanly. `blackhole`: silence, the connection stays. `status`: that answer.
 * `slow`: the real answer, later (`delayMs`) or in small pieces (`slowBytes` a second).
 * With `delayMs`, reset, end and blackhole let the answer begin and strike after that time.
 */
export interface Fault {
  match: { method?: string; path?: string };
  /** Only the nth matching request, from 1; otherwise every one. */
  nth?: number;
  kind: 'reset' | 'end' | 'blackhole' | 'status' | 'slow';
  status?: number;
  /** Seconds, sent as Retry-After. */
  retryAfter?: number;
  body?: JsonObject;
  delayMs?: number;
  slowBytes?: number;
}

/** A request that is being answered. */
export interface Exchange {
  method: string;
  /** Path with its query. */
  url: string;
  socket: Duplex;
  /** The TCP socket below TLS, the only one that can be reset. */
  wire: Socket;
  /** Absent for WebSockets. */
  response?: ServerResponse;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Strikes the open exchanges that match, such as running watches. Returns how many. */
  now(match: Fault['match'], kind: 'reset' | 'end' | 'blackhole'): number;
}

/** The side of the faults that the server asks. */
export interface FaultGate extends Faults {
  /** True when the exchange is no longer to be answered. Throws the answer of a `status` fault. */
  pass(exchange: Exchange): Promise<boolean>;
  track(exchange: Exchange): () => void;
}

function matches(match: Fault['match'], exchange: Exchange): boolean {
  const method = match.method === undefined || match.method === exchange.method;
  return method && (match.path === undefined || new RegExp(match.path).test(exchange.url));
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function strike(exchange: Exchange, kind: 'reset' | 'end' | 'blackhole'): void {
  if (kind === 'reset') exchange.wire.resetAndDestroy();
  else if (kind === 'blackhole') silence(exchange);
  else if (exchange.response?.headersSent) exchange.response.end();
  else exchange.socket.end();
}

/** From now on nothing leaves, and the end does not show either. */
function silence(exchange: Exchange): void {
  const nothing = () => true;
  exchange.socket.write = nothing;
  if (exchange.response === undefined) return;
  exchange.response.write = nothing;
  const { response } = exchange;
  response.end = () => response;
}

function throttle(response: ServerResponse, bytesPerSecond: number): void {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  let queue: Promise<void> = Promise.resolve();
  const trickle = (chunk: unknown): void => {
    const bytes = Buffer.from(typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : '');
    for (let start = 0; start < bytes.length; start += Math.ceil(bytesPerSecond / 10)) {
      const piece = bytes.subarray(start, start + Math.ceil(bytesPerSecond / 10));
      queue = queue.then(() => wait(100)).then(() => void write(piece));
    }
  };
  response.write = (chunk: unknown) => {
    trickle(chunk);
    return true;
  };
  response.end = (chunk?: unknown) => {
    if (typeof chunk !== 'function') trickle(chunk);
    queue = queue.then(() => void end());
    return response;
  };
}

export function createFaults(): FaultGate {
  let active: { fault: Fault; seen: number }[] = [];
  const open = new Set<Exchange>();
  return {
    add(fault) {
      active.push({ fault, seen: 0 });
    },
    clear() {
      active = [];
    },
    now(match, kind) {
      const struck = [...open].filter((exchange) => matches(match, exchange));
      for (const exchange of struck) strike(exchange, kind);
      return struck.length;
    },
    track(exchange) {
      open.add(exchange);
      return () => open.delete(exchange);
    },
    async pass(exchange) {
      for (const entry of active) {
        const { fault } = entry;
        if (!matches(fault.match, exchange)) continue;
        entry.seen += 1;
        if (fault.nth !== undefined && entry.seen !== fault.nth) continue;
        if (fault.kind === 'slow' || fault.kind === 'status') {
          if (fault.delayMs !== undefined) await wait(fault.delayMs);
          if (fault.kind === 'status') throw statusFault(fault);
          if (fault.slowBytes !== undefined && exchange.response !== undefined) throttle(exchange.response, fault.slowBytes);
          continue;
        }
        const { kind, delayMs } = fault;
        if (delayMs === undefined) {
          strike(exchange, kind);
          return true;
        }
        setTimeout(() => strike(exchange, kind), delayMs).unref();
      }
      return false;
    },
  };
}

const reasons: Record<number, [string, string]> = {
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden by a fault'],
  409: ['Conflict', 'the object has been modified; please apply your changes to the latest version and try again'],
  410: ['Expired', 'too old resource version: 1 (2)'],
  429: ['TooManyRequests', 'too many requests, please try again later'],
  500: ['InternalError', 'Internal error occurred'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
};

function statusFault(fault: Fault): ApiError {
  const code = fault.status ?? 500;
  const [reason, message] = reasons[code] ?? ['Unknown', 'an error on command'];
  const { retryAfter } = fault;
  const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  const details = retryAfter === undefined ? undefined : { retryAfterSeconds: retryAfter };
  const error = new ApiError(code, reason, message, details, headers);
  if (fault.body !== undefined) Object.assign(error.body, fault.body);
  return error;
}
