import { type WebSocket, WebSocketServer } from 'ws';
import type { UpgradeCall } from '../api/upgrade.ts';

/** Bytes of a message that a client may send; the real server takes 32 KiB frames of any number. */
const LARGEST = 16 * 1024 * 1024;

/** What was agreed on, from the look at the headers until the library asks. */
const chosen = new WeakMap<object, string>();

const server = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  maxPayload: LARGEST,
  handleProtocols: (_offered, request) => chosen.get(request) ?? false,
});
/** `ws` takes no protocol whose name has a `/` in it, so such a one is agreed on past it. */
const unspeakable = '/';
server.on('headers', (headers, request) => {
  const protocol = chosen.get(request);
  if (protocol?.includes(unspeakable)) headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
});

/** The first of `known` that the client offers. */
export function agreed({ request }: Pick<UpgradeCall, 'request'>, known: string[]): string | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
  return known.find((each) => offered.includes(each));
}

/**
 * Opens the WebSocket with the first of `known` that the client offers. Where there is none the answer is 403 without a body, as the
 * real server gives it, and `open` is never called.
 */
export function shakeHands(call: UpgradeCall, known: string[], open: (websocket: WebSocket, protocol: string) => void): void {
  const { request, socket, head } = call;
  const protocol = agreed(call, known);
  if (protocol === undefined) {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    return;
  }
  chosen.set(request, protocol);
  if (protocol.includes(unspeakable)) delete request.headers['sec-websocket-protocol'];
  server.handleUpgrade(request, socket, head, (websocket) => {
    websocket.on('error', () => websocket.terminate());
    open(websocket, protocol);
  });
}

/** A refusal of the kubelet, which the API server passes on as it is: text instead of a `Status`. */
export function refusePlainly({ socket }: UpgradeCall, code: number, text: string): void {
  const head = `HTTP/1.1 ${code} Refused\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${text}`);
}
