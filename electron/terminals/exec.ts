import type { WebSocket } from 'ws';
import { z } from 'zod';
import { type Failure, FailureError, failureOf } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/index.ts';
import type { Clock } from '../platform/world.ts';
import { keepAlive } from './keep-alive.ts';

/** What to run in a container, or with `command` null the container's main process, whose terminal is shared. */
export interface ExecTarget {
  namespace: string;
  pod: string;
  container: string;
  command: string[] | null;
  tty: boolean;
  stdin: boolean;
}

/** How it ended: with an exit code, refused by the kubelet (no such program, say), or without anybody saying so. */
export type ExecEnd = { end: 'exit'; code: number } | { end: 'refused'; message: string } | { end: 'lost'; failure: Failure };

export interface ExecSink {
  /** Bytes of the program as they came; with a tty both are `stdout`. To be acknowledged. */
  onOutput(channel: 'stdout' | 'stderr', bytes: Buffer): void;
  /** Once, after the last output. */
  onEnd(end: ExecEnd): void;
}

/** A program that runs in a container. */
export interface ExecSession {
  /** Resolves when the bytes have left; so that whoever copies much can wait. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the program's input. False where the server's protocol (before v5) cannot say so. */
  endInput(): boolean;
  resize(size: { columns: number; rows: number }): void;
  /** So many bytes of output are dealt with. Over {@link WINDOW} of others the server is made to wait. */
  acknowledge(bytes: number): void;
  close(): void;
}

/** Bytes of output that may be on their way inside the product. */
export const WINDOW = 1024 * 1024;
/** Input is sent in pieces of this size, as kubectl does. */
const PIECE = 32 * 1024;

const Channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;
const V5 = 'v5.channel.k8s.io';

/**
 * Opens `pods/exec` or `pods/attach` over a WebSocket: each message begins with its channel (k8s.io/apimachinery
 * `remotecommand`; v5 adds the closing of a channel). Throws `FailureError` when the API server refuses. `signal` ends it.
 */
export async function openExec(
  cluster: Cluster,
  target: ExecTarget,
  clock: Clock,
  sink: ExecSink,
  signal: AbortSignal,
): Promise<ExecSession> {
  const { namespace, pod, container, command, tty, stdin } = target;
  const what = command === null ? 'attach' : 'exec';
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/${what}`;
  const query = { container, stdin, stdout: true, stderr: !tty, tty };
  const socket = await cluster.websocket(withCommand(path, command ?? []), query, [V5, 'v4.channel.k8s.io'], signal);
  return sessionOver(socket, clock, sink);
}

/** `command` is repeated for each argument, which a record of parameters cannot say. */
function withCommand(path: string, command: string[]): string {
  return command.length === 0
    ? path
    : `${path}?${new URLSearchParams(command.map((word): [string, string] => ['command', word]))}`;
}

/** The session over an agreed socket; apart from {@link openExec} for its tests. */
export function sessionOver(socket: WebSocket, clock: Clock, sink: ExecSink): ExecSession {
  let unacknowledged = 0;
  let end: ExecEnd | null = null;
  const stopPings = keepAlive(socket, clock);

  const finish = (otherwise: ExecEnd): void => {
    stopPings();
    sink.onEnd(end ?? otherwise);
  };
  socket.on('message', (message: Buffer) => {
    const channel = message[0];
    const payload = message.subarray(1);
    if (channel === Channel.error) end = endOf(payload.toString('utf8'));
    if (payload.length === 0 || (channel !== Channel.stdout && channel !== Channel.stderr)) return;
    unacknowledged += payload.length;
    if (unacknowledged > WINDOW) socket.pause();
    sink.onOutput(channel === Channel.stdout ? 'stdout' : 'stderr', payload);
  });
  let broken: unknown = null;
  socket.on('error', (error) => {
    broken = error;
  });
  socket.once('close', () => finish({ end: 'lost', failure: lost(socket, broken) }));

  const send = (channel: number, payload: Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) resolve();
      else socket.send(Buffer.concat([Uint8Array.of(channel), payload]), { binary: true }, () => resolve());
    });

  return {
    async write(bytes) {
      for (let start = 0; start < bytes.length; start += PIECE) await send(Channel.stdin, bytes.subarray(start, start + PIECE));
    },
    endInput() {
      if (socket.protocol !== V5) return false;
      void send(Channel.close, Uint8Array.of(Channel.stdin));
      return true;
    },
    resize({ columns, rows }) {
      void send(Channel.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
    },
    acknowledge(bytes) {
      unacknowledged = Math.max(0, unacknowledged - bytes);
      if (unacknowledged <= WINDOW / 2 && socket.isPaused) socket.resume();
    },
    close: () => socket.terminate(),
  };
}

const statusSchema = z.object({
  status: z.string().catch(''),
  message: z.string().catch(''),
  reason: z.string().catch(''),
  details: z
    .object({ causes: z.array(z.object({ reason: z.string().catch(''), message: z.string().catch('') })) })
    .optional()
    .catch(undefined),
});

/** Reads the `metav1.Status` of the error channel; the exit code stands among its causes as text. */
function endOf(text: string): ExecEnd {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Older runtimes send plain words.
  }
  const parsed = statusSchema.safeParse(body);
  if (!parsed.success) return { end: 'refused', message: text.trim() };
  const { status, message, reason, details } = parsed.data;
  if (status === 'Success') return { end: 'exit', code: 0 };
  const code = Number(details?.causes.find((cause) => cause.reason === 'ExitCode')?.message);
  if (reason === 'NonZeroExitCode' && Number.isInteger(code)) return { end: 'exit', code };
  return { end: 'refused', message };
}

function lost(socket: WebSocket, error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const reason = error === null ? 'the connection ended before the program did' : failureMessage(error);
  return { code: 'unreachable', server: new URL(socket.url).host, reason };
}

function failureMessage(error: unknown): string {
  const failure = failureOf(error);
  return failure.code === 'internal' ? failure.message : failure.code;
}
