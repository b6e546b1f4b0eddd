import type { UpgradeCall } from '../api/upgrade.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { type Channels, openChannels } from './channels.ts';
import { shakeHands } from './handshake.ts';
import { internal } from './status.ts';
import { isOn } from './target.ts';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const ERROR = 3;
const RESIZE = 4;
/** Closes the channel that its one byte names; new in v5. */
const CLOSE = 255;

/** What a client asks of a remote command. */
export interface StreamOptions {
  stdin: boolean;
  stdout: boolean;
  /** Never together with a terminal: there it is part of stdout. */
  stderr: boolean;
  tty: boolean;
}

/** Where a remote command's output goes. */
export interface RemoteOutput {
  stdout(chunk: Buffer): Promise<void>;
  stderr(chunk: Buffer): Promise<void>;
  /** Tells how it ended, as a `Status`, and closes. */
  finish(status: JsonObject): Promise<void>;
}

/** What a client does to a remote command. */
export interface RemoteInput {
  /** Bytes of standard input; a promise stops the reading until it resolves. */
  input(chunk: Buffer): Promise<void> | null;
  endInput(): void;
  resize(columns: number, rows: number): void;
  /** The client has gone. */
  close(): void;
}

/**
 * Speaks `v5.channel.k8s.io` or `v4.channel.k8s.io` with a client of `pods/exec` or `pods/attach`. The first message is empty, on the
 * lowest channel that the server writes to: that is how the real server says that it is there.
 */
export function remoteCommand(
  call: UpgradeCall,
  start: (options: StreamOptions, output: RemoteOutput) => RemoteInput | null,
): void {
  const on = (name: string): boolean => isOn(call.query, name);
  const options: StreamOptions = { stdin: on('stdin'), stdout: on('stdout'), stderr: on('stderr') && !on('tty'), tty: on('tty') };
  shakeHands(call, ['v5.channel.k8s.io', 'v4.channel.k8s.io'], (websocket, protocol) => {
    let remote: RemoteInput | null = null;
    const closed = (): void => {
      remote?.close();
      remote = null;
    };
    const channels = openChannels(websocket, (channel, payload) => receive(remote, channel, payload, protocol), closed);
    void channels.send(options.stdout ? STDOUT : options.stderr ? STDERR : ERROR, Buffer.alloc(0));
    const output = outputOf(channels, options);
    if (!options.stdin && !options.stdout && !options.stderr) {
      void output.finish(internal('unable to upgrade connection: you must specify at least 1 of stdin, stdout, stderr'));
      return;
    }
    remote = start(options, output);
  });
}

function outputOf(channels: Channels, options: StreamOptions): RemoteOutput {
  const write = (wanted: boolean, channel: number) => async (chunk: Buffer) =>
    wanted && chunk.length > 0 ? channels.send(channel, chunk) : undefined;
  return {
    stdout: write(options.stdout, STDOUT),
    stderr: options.tty ? write(options.stdout, STDOUT) : write(options.stderr, STDERR),
    async finish(status) {
      await channels.send(ERROR, Buffer.from(JSON.stringify(status)));
      channels.close();
    },
  };
}

function receive(remote: RemoteInput | null, channel: number, payload: Buffer, protocol: string): Promise<void> | null {
  if (remote === null) return null;
  if (channel === STDIN && payload.length > 0) return remote.input(payload);
  if (channel === CLOSE && payload[0] === STDIN && protocol.startsWith('v5')) remote.endInput();
  if (channel === RESIZE) {
    const size = sizeOf(payload.toString());
    if (size !== null) remote.resize(size.columns, size.rows);
  }
  return null;
}

function sizeOf(text: string): { columns: number; rows: number } | null {
  try {
    const size = parseJson(text);
    if (!isObject(size) || typeof size.Width !== 'number' || typeof size.Height !== 'number') return null;
    return { columns: size.Width, rows: size.Height };
  } catch {
    return null;
  }
}
