import type { UpgradeCall } from '../api/upgrade.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { type Channels, openChannels } from './channels.ts';
import { agreed, refusePlainly, shakeHands } from './handshake.ts';
import { internal, type Protocol } from './status.ts';
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
  protocol: Protocol;
}

/** What the kubelet does about a call: it cannot, for a reason, or it starts something. */
export type Service =
  | { can: false; code: number; text: string }
  | { can: true; start(options: StreamOptions, output: RemoteOutput): RemoteInput };

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

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const voiceless: Service = { can: false, code: 400, text: 'you must specify at least 1 of stdin, stdout, stderr' };

/**
 * Speaks `v5.channel.k8s.io` or `v4.channel.k8s.io` with a client of `pods/exec` or `pods/attach`. The first message is empty, on the
 * lowest channel that the server writes to: that is how the real server says that it is there. What the kubelet refuses is an answer of
 * HTTP in v4; in v5 the API server has already switched protocols by then, and the error channel tells.
 */
export function remoteCommand(call: UpgradeCall, offered: Service): void {
  const on = (name: string): boolean => isOn(call.query, name);
  const [stdin, stdout, tty] = [on('stdin'), on('stdout'), on('tty')];
  const stderr = on('stderr') && !tty;
  const service = stdin || stdout || stderr ? offered : voiceless;
  if (!service.can && agreed(call, protocols) === 'v4.channel.k8s.io') {
    refusePlainly(call, service.code, service.text);
    return;
  }
  shakeHands(call, protocols, (websocket, name) => {
    const options: StreamOptions = { stdin, stdout, stderr, tty, protocol: name.startsWith('v4') ? 'v4' : 'v5' };
    let remote: RemoteInput | null = null;
    const closed = (): void => {
      remote?.close();
      remote = null;
    };
    const channels = openChannels(websocket, (channel, payload) => receive(remote, options, channel, payload), closed);
    void channels.send(stdout ? STDOUT : stderr ? STDERR : ERROR, Buffer.alloc(0));
    const output = outputOf(channels, options);
    if (service.can) remote = service.start(options, output);
    else void output.finish(internal(`unable to upgrade connection: ${service.text}`));
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

function receive(
  remote: RemoteInput | null,
  { stdin, protocol }: StreamOptions,
  channel: number,
  payload: Buffer,
): Promise<void> | null {
  if (remote === null) return null;
  if (channel === STDIN && stdin && payload.length > 0) return remote.input(payload);
  if (channel === CLOSE && payload[0] === STDIN && protocol === 'v5') remote.endInput();
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
