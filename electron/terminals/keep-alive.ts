import type { WebSocket } from 'ws';
import type { Clock } from '../platform/world.ts';

/** Between two pings; proxies cut what is silent for a minute. Milliseconds. */
const PERIOD = 25_000;
/** How long an answer may take. */
const PATIENCE = 15_000;

/**
 * Pings an open WebSocket, and ends it when no answer comes: a connection that died on the way says nothing by itself. While the
 * socket is paused nothing is read, answers included, so nothing is asked of it. Returns how to stop.
 */
export function keepAlive(socket: WebSocket, clock: Clock): () => void {
  let callOff: () => void = () => undefined;
  let heard = true;
  const again = (milliseconds: number, run: () => void): void => {
    callOff = clock.after(milliseconds, run);
  };
  const ping = (): void => {
    heard = false;
    socket.ping();
    again(PATIENCE, judge);
  };
  const judge = (): void => {
    if (heard || socket.isPaused) again(PERIOD - PATIENCE, ping);
    else socket.terminate();
  };
  const hear = (): void => {
    heard = true;
  };
  socket.on('pong', hear);
  socket.on('message', hear);
  again(PERIOD, ping);
  return () => callOff();
}
