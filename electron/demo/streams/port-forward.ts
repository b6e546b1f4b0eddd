import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { badRequest } from '../api/status.ts';
import type { UpgradeCall } from '../api/upgrade.ts';
import { nameOf, namespaceOf, uidOf } from '../json.ts';
import type { Program } from '../node/program.ts';
import { type Channels, openChannels } from './channels.ts';
import { agreed, refusePlainly, shakeHands } from './handshake.ts';
import { type Dial, TUNNEL, tunnel } from './spdy/tunnel.ts';
import { containersOf, existingPod, requireHost } from './target.ts';

/** The ports a forward asks for. Throws as the server does when one is no port. */
function portsOf(query: URLSearchParams): number[] {
  const texts = query.getAll('ports').flatMap((text) => text.split(','));
  return texts.map((text) => {
    const port = Number(text);
    if (/^\d+$/.test(text) && port < 65536) return port;
    const why = /^\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
    throw badRequest(`cannot convert to []int32: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
  });
}

/**
 * Answers `pods/portforward` over a WebSocket: channel 2n carries the data of port n, 2n+1 its errors, and the first message of each is
 * the port as uint16, little endian. Where nobody listens the error channel says so. The socket closes with 1000 as soon as no
 * connection is left. The protocol knows no half-close: the end of one side is the end of the connection.
 */
export function forward(call: UpgradeCall): void {
  const { kubelet, query } = call;
  const ports = portsOf(query);
  const pod = existingPod(call);
  requireHost(pod);
  const programs = containersOf(pod).flatMap((container) => kubelet.program(uidOf(pod), container) ?? []);
  if (programs.length === 0) {
    refusePlainly(call, 500, `pod not found ("${nameOf(pod)}_${namespaceOf(pod)}")`);
    return;
  }
  const sandbox = randomBytes(32).toString('hex');
  const dial: Dial = (port) => firstOf(programs, (program) => into(program, port)) ?? refusal(sandbox, port);
  if (agreed(call, [TUNNEL]) !== undefined) {
    shakeHands(call, [TUNNEL], (websocket) => tunnel(websocket, dial));
    return;
  }
  if (ports.length === 0) {
    refusePlainly(call, 400, 'query parameter "port" is required');
    return;
  }
  shakeHands(call, ['v4.channel.k8s.io'], (websocket) => {
    const connections: (Connection | null)[] = [];
    const receive = (channel: number, payload: Buffer): Promise<void> | null =>
      channel % 2 === 0 ? (connections[channel / 2]?.write(payload) ?? null) : null;
    const closed = (): void => {
      for (const connection of connections) connection?.close();
    };
    const channels = openChannels(websocket, receive, closed);
    for (const [index, port] of ports.entries()) {
      const announced = Buffer.from([port & 255, port >> 8]);
      void channels.send(2 * index, announced);
      void channels.send(2 * index + 1, announced);
    }
    let open = ports.length;
    const ended = (): void => {
      open -= 1;
      if (open === 0) channels.close();
    };
    for (const [index, port] of ports.entries()) {
      const stream = dial(port);
      const refused = typeof stream === 'string';
      connections.push(refused ? null : connection(channels, 2 * index, stream, ended));
      if (refused) void channels.send(2 * index + 1, Buffer.from(stream)).then(ended);
    }
  });
}

/** A connection, which ends with the program: the kernel closes what a process had open. */
function into(program: Program, port: number): Duplex | null {
  const stream = program.connect(port);
  if (stream !== null) void program.exit.then(() => stream.destroy());
  return stream;
}

/** The containers of a pod share its ports. */
function firstOf<Item, Value>(items: Item[], look: (item: Item) => Value | null): Value | null {
  for (const item of items) {
    const found = look(item);
    if (found !== null) return found;
  }
  return null;
}

function refusal(sandbox: string, port: number): string {
  return (
    `error forwarding port ${port} to pod ${sandbox}, uid : failed to execute portforward in network namespace ` +
    `"/var/run/netns/cni-${sandbox.slice(0, 8)}": failed to connect to localhost:${port} inside namespace "${sandbox}", ` +
    `IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found `
  );
}

/** One connection into a pod. */
export interface Connection {
  /** A promise when the pod does not take more now. */
  write(chunk: Buffer): Promise<void> | null;
  close(): void;
}

/** Joins one connection into the pod with its channel; each side waits for the other. */
export function connection(channels: Channels, channel: number, stream: Duplex, ended: () => void): Connection {
  let drained: (() => void) | null = null;
  const goOn = (): void => {
    drained?.();
    drained = null;
  };
  stream.on('drain', goOn);
  stream.on('error', () => stream.destroy());
  stream.on('end', () => stream.destroy());
  let sending = Promise.resolve();
  stream.once('close', () => {
    goOn();
    void sending.then(ended);
  });
  stream.on('data', (chunk: Buffer) => {
    stream.pause();
    sending = channels.send(channel, chunk);
    void sending.then(() => stream.resume());
  });
  return {
    write(chunk) {
      if (stream.destroyed || stream.write(chunk)) return null;
      return new Promise((resolve) => {
        drained = resolve;
      });
    },
    close: () => stream.destroy(),
  };
}
