import { type WebSocket, WebSocketServer } from 'ws';
import type { UpgradeCall } from '../api/upgrade.ts';

/** Bytes of a message that a client may send; the real server takes 32 KiB frames of any number. */
const LARGEST = 16 * 1024 * 1024;

const server = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  maxPayload: LARGEST,
  handleProtocols: (_offered, request) => chosen.get(request) ?? false,
});
/** What was agreed on, from the look at the headers until the library asks. */
const chosen = new WeakMap<object, string>();

/** The protocols a client offers, in its order. */
export function offeredBy({ request }: Pick<UpgradeCall, 'request'>): string[] {
  return (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
}

/**
 * Opens the WebSocket with the first of `known` that the client offers. Where there is none the answer is 403 without a body, as the
 * real server gives it, and `open` is never called.
 */
export function shakeHands(call: UpgradeCall, known: string[], open: (websocket: WebSocket, protocol: string) => void): void {
  const { request, socket, head } = call;
  const offered = offeredBy(call);
  const protocol = known.find((each) => offered.includes(each));
  if (protocol === undefined) {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    return;
  }
  chosen.set(request, protocol);
  server.handleUpgrade(request, socket, head, (websocket) => {
    websocket.on('error', () => websocket.terminate());
    open(websocket, protocol);
  });
}
