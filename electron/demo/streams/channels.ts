import type { WebSocket } from 'ws';

/** Bytes of a message; the real server's buffers have this size. */
const PIECE = 32 * 1024;
/** Bytes that may wait for a client that does not read before the source is paused. */
const HIGH = 256 * 1024;

/** A WebSocket whose messages begin with the number of a channel. */
export interface Channels {
  /** Sends `payload` in pieces. Waits while the client does not read; resolves at once when it is gone. */
  send(channel: number, payload: Uint8Array): Promise<void>;
  /** Closes after everything that was sent. */
  close(): void;
}

/** Splits and paces what goes out, and hands over what comes in; `receive` may return a promise that stops the reading until it resolves. */
export function openChannels(
  websocket: WebSocket,
  receive: (channel: number, payload: Buffer) => Promise<void> | null,
  closed: () => void,
): Channels {
  websocket.on('message', (data: Buffer) => {
    const [channel] = data;
    if (channel === undefined) return;
    const wait = receive(channel, data.subarray(1));
    if (wait === null) return;
    websocket.pause();
    void wait.then(() => websocket.resume());
  });
  websocket.once('close', closed);
  const sendPiece = (channel: number, piece: Uint8Array): Promise<void> | null => {
    if (websocket.readyState !== websocket.OPEN) return null;
    const message = Buffer.allocUnsafe(piece.length + 1);
    message[0] = channel;
    message.set(piece, 1);
    if (websocket.bufferedAmount < HIGH) {
      websocket.send(message);
      return null;
    }
    return new Promise((resolve) => websocket.send(message, () => resolve()));
  };
  return {
    async send(channel, payload) {
      let at = 0;
      do {
        const wait = sendPiece(channel, payload.subarray(at, at + PIECE));
        if (wait !== null) await wait;
        at += PIECE;
      } while (at < payload.length);
    },
    close: () => websocket.close(1000),
  };
}
