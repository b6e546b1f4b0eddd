import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Time } from '../time.ts';
import type { Break } from './fault.ts';

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
  /** Whether an answer has begun, or the WebSocket is open. */
  begun(): boolean;
}

/** A close frame of a WebSocket with code 1000. */
const CLOSE_FRAME = Buffer.from([0x88, 0x02, 0x03, 0xe8]);

/** Breaks an exchange, whatever it has answered so far. */
export function breakOff(exchange: Exchange, how: Break): void {
  const { socket, wire, response } = exchange;
  if (how === 'reset') wire.resetAndDestroy();
  else if (how === 'blackhole') silence(exchange);
  else if (how === 'half-close') {
    silence(exchange);
    wire.end();
  } else if (!exchange.begun()) socket.end();
  else if (response === undefined) socket.end(CLOSE_FRAME);
  else response.end();
}

/** From now on nothing leaves, and the end does not show either. */
function silence({ socket, response }: Exchange): void {
  const nothing = () => true;
  socket.write = nothing;
  if (response === undefined) return;
  response.write = nothing;
  response.end = () => response;
}

/** Lets what is written leave at so many bytes a second, in ten pieces a second. */
export function throttle({ socket, response }: Exchange, bytesPerSecond: number, time: Time): void {
  const target = response ?? socket;
  const write = target.write.bind(target);
  const end = target.end.bind(target);
  const size = Math.ceil(bytesPerSecond / 10);
  let queue: Promise<void> = Promise.resolve();
  const trickle = (chunk: unknown): void => {
    const bytes = Buffer.from(typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : '');
    for (let start = 0; start < bytes.length; start += size) {
      queue = queue.then(() => time.sleep(0.1)).then(() => void (target.destroyed || write(bytes.subarray(start, start + size))));
    }
  };
  const then = (callbacks: unknown[]): void => {
    const callback = callbacks.find((argument) => typeof argument === 'function');
    queue = queue.then(() => callback?.());
  };
  target.write = (chunk: unknown, ...rest: unknown[]) => {
    trickle(chunk);
    then(rest);
    return true;
  };
  const ending = (chunk?: unknown, ...rest: unknown[]): void => {
    trickle(chunk);
    queue = queue.then(() => void end());
    then([chunk, ...rest]);
  };
  if (response === undefined) {
    socket.end = (chunk?: unknown, ...rest: unknown[]) => {
      ending(chunk, ...rest);
      return socket;
    };
  } else {
    response.end = (chunk?: unknown, ...rest: unknown[]) => {
      ending(chunk, ...rest);
      return response;
    };
  }
}
