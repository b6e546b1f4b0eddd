import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { pods } from '../api/kinds.ts';
import { ApiError, badRequest, notFound } from '../api/status.ts';
import type { UpgradeCall } from '../api/upgrade.ts';
import { nameOf, uidOf } from '../json.ts';

const PROTOCOL = 'v4.channel.k8s.io';
const server = new WebSocketServer({ noServer: true, handleProtocols: () => PROTOCOL, perMessageDeflate: false });

/** The ports a forward asks for. Throws as the server does when there are none or one is no port. */
function portsOf(query: URLSearchParams): number[] {
  const texts = query.getAll('ports').flatMap((text) => text.split(','));
  if (texts.length === 0) throw badRequest('query parameter "port" is required');
  return texts.map((text) => {
    const port = Number(text);
    if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
    throw badRequest(`cannot convert to []int32: strconv.ParseUint: parsing "${text}": value out of range`);
  });
}

/**
 * Answers `pods/portforward` over a WebSocket: channel 2n carries the data of port n, 2n+1 its errors, and the first frame of
 * each is the port as uint16, little endian. Where nobody listens the error channel says so and the socket closes with 1000.
 */
export function forward({ world, kubelet, namespace, name, query, request, socket, head }: UpgradeCall): void {
  const pod = world.store.get(pods, namespace, name);
  if (pod === null) throw notFound(pods, name);
  const ports = portsOf(query);
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
  if (!offered.includes(PROTOCOL)) throw new ApiError(403, 'Forbidden', 'no common protocol');
  server.handleUpgrade(request, socket, head, (websocket) => {
    const announce = (channel: number, port: number): void => websocket.send(Buffer.from([channel, port & 255, port >> 8]));
    for (const [index, port] of ports.entries()) {
      announce(2 * index, port);
      announce(2 * index + 1, port);
    }
    const program = kubelet.program(uidOf(pod), '');
    const streams = ports.map((port, index) => {
      const stream = program?.connect(port) ?? null;
      if (stream === null) websocket.send(Buffer.concat([Buffer.from([2 * index + 1]), Buffer.from(refusal(nameOf(pod), port))]));
      return stream;
    });
    bridge(websocket, streams);
  });
}

function refusal(pod: string, port: number): string {
  return (
    `error forwarding port ${port} to pod ${pod}, uid : failed to execute portforward in network namespace ` +
    `"/var/run/netns/demo-${pod}": failed to connect to localhost:${port} inside namespace "${pod}", ` +
    `IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found `
  );
}

function bridge(websocket: WebSocket, streams: (Duplex | null)[]): void {
  let open = streams.filter((stream) => stream !== null).length;
  if (open === 0) websocket.close(1000);
  for (const [index, stream] of streams.entries()) {
    if (stream === null) continue;
    stream.on('data', (chunk: Buffer) => {
      if (websocket.readyState !== websocket.OPEN) return;
      websocket.send(Buffer.concat([Buffer.from([2 * index]), chunk]));
      if (websocket.bufferedAmount > 1 << 20) {
        stream.pause();
        setTimeout(() => stream.resume(), 5);
      }
    });
    stream.once('close', () => {
      open -= 1;
      if (open === 0) websocket.close(1000);
    });
    stream.on('error', () => stream.destroy());
  }
  websocket.on('message', (data: Buffer) => {
    const stream = streams[Math.floor((data[0] ?? 0) / 2)];
    if (stream && data.length > 1) stream.write(data.subarray(1));
  });
  websocket.on('close', () => {
    for (const stream of streams) stream?.destroy();
  });
  websocket.on('error', () => websocket.terminate());
}
