import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Cluster } from '../../electron/clusters/index.ts';
import { corePath } from './objects.ts';

const statusSchema = z.looseObject({
  status: z.string(),
  message: z.string().optional(),
  reason: z.string().optional(),
  details: z.looseObject({ causes: z.array(z.looseObject({ reason: z.string().optional(), message: z.string() })) }).optional(),
});

/** What is asked of `pods/exec` or `pods/attach`. */
export interface RemoteOptions {
  container?: string;
  stdin?: boolean;
  tty?: boolean;
  stderr?: boolean;
  stdout?: boolean;
  protocol?: 'v4.channel.k8s.io' | 'v5.channel.k8s.io';
}

/** A command that runs in a container, or the program of the container itself. */
export interface Remote {
  protocol: string;
  /** What came so far, by channel: 1 stdout, 2 stderr. */
  output(channel: 1 | 2): Buffer;
  input(data: string | Uint8Array): void;
  /** Ends standard input; v5 only. */
  endInput(): void;
  resize(columns: number, rows: number): void;
  socket: WebSocket;
  /** The `Status` of the error channel, or null when the connection closed without one. */
  status: Promise<z.infer<typeof statusSchema> | null>;
  /** The exit code the status tells, 0 for success; fails for any other end. */
  code(): Promise<number>;
}

/** Opens `pods/exec` through the product's own connection. */
export function exec(
  cluster: Cluster,
  namespace: string,
  pod: string,
  command: string[],
  options: RemoteOptions = {},
): Promise<Remote> {
  const words = command.map((word) => `command=${encodeURIComponent(word)}`).join('&');
  return open(cluster, `${corePath(namespace, 'pods')}/${pod}/exec?${words}`, options);
}

/** Opens `pods/attach`. */
export function attach(cluster: Cluster, namespace: string, pod: string, options: RemoteOptions = {}): Promise<Remote> {
  return open(cluster, `${corePath(namespace, 'pods')}/${pod}/attach`, options);
}

async function open(cluster: Cluster, path: string, options: RemoteOptions): Promise<Remote> {
  const { container, stdin = false, tty = false, stdout = true, stderr = !tty, protocol = 'v5.channel.k8s.io' } = options;
  const query = { stdin, stdout, stderr, tty, ...(container === undefined ? {} : { container }) };
  const [address = '', words = ''] = path.split('?');
  const commands = words === '' ? '' : `?${words}`;
  const socket = await cluster.websocket(address + commands, query, [protocol], AbortSignal.timeout(60_000));
  const chunks = new Map<number, Buffer[]>();
  socket.on('message', (message: Buffer) => {
    const channel = message[0] ?? 0;
    chunks.set(channel, [...(chunks.get(channel) ?? []), message.subarray(1)]);
  });
  const text = (channel: number): Buffer => Buffer.concat(chunks.get(channel) ?? []);
  const status = new Promise<z.infer<typeof statusSchema> | null>((resolve) => {
    socket.once('close', () => {
      const told = text(3).toString();
      resolve(told === '' ? null : statusSchema.parse(JSON.parse(told)));
    });
  });
  const send = (channel: number, data: Uint8Array): void => socket.send(Buffer.concat([Uint8Array.of(channel), data]));
  return {
    protocol: socket.protocol,
    output: text,
    input: (data) => send(0, Buffer.from(data)),
    endInput: () => send(255, Uint8Array.of(0)),
    resize: (columns, rows) => send(4, Buffer.from(JSON.stringify({ Width: columns, Height: rows }))),
    socket,
    status,
    async code() {
      const ended = await status;
      if (ended?.status === 'Success') return 0;
      const cause = ended?.details?.causes.find(({ reason }) => reason === 'ExitCode');
      if (cause === undefined) throw new Error(`no exit code: ${JSON.stringify(ended)}`);
      return Number(cause.message);
    },
  };
}
