import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SessionParts } from '../session-parts.ts';
import { type Commands, failed, out, type Result } from './command.ts';

const local = /^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])$/;

/** `curl` and `wget` to the pod's own ports. Nothing here reaches a network: the pods of a demo lead nowhere. */
export function networkCommands({ container }: SessionParts): Commands {
  const own = new Set([container.environment.HOSTNAME ?? '', container.environment.POD_IP ?? '']);
  const fetch = async (args: string[], program: string, signal: AbortSignal | undefined): Promise<Result> => {
    const text = args.find((arg) => !arg.startsWith('-') && /[.:/]|localhost/.test(arg)) ?? '';
    const address = text.includes('://') ? text : `http://${text}`;
    if (text === '' || !URL.canParse(address)) return failed(`${program}: no URL specified\n`, 2);
    const url = new URL(address);
    const port = Number(url.port === '' ? 80 : url.port);
    const silent = args.some((arg) => /^-[a-zA-Z]*s/.test(arg)) && !args.some((arg) => /^-[a-zA-Z]*S/.test(arg));
    const say = (words: string, code: number): Result => failed(silent ? '' : `${words}\n`, code);
    if (!local.test(url.hostname) && !own.has(url.hostname))
      return say(`${program}: (6) Could not resolve host: ${url.hostname}`, 6);
    const socket = container.connect(port);
    if (socket === null)
      return say(`${program}: (7) Failed to connect to ${url.hostname} port ${port} after 0 ms: Couldn't connect to server`, 7);
    const headers = args.some((arg) => /^-[a-zA-Z]*[iI]/.test(arg));
    return get(url, socket, headers, signal).catch((error: Error) => say(`${program}: (52) ${error.message}`, 52));
  };
  return {
    curl: (args, { signal }) => fetch(args, 'curl', signal),
    wget: (args, { signal }) => fetch(args, 'wget', signal),
  };
}

/** One GET over a stream. Resolves with the body, before it the headers when they are asked for. */
function get(url: URL, socket: Duplex, headers: boolean, signal: AbortSignal | undefined): Promise<Result> {
  return new Promise((resolve, reject) => {
    const asking = request({
      host: url.hostname,
      path: url.pathname + url.search,
      headers: { 'User-Agent': 'curl/7.88.1', Connection: 'close' },
      createConnection: () => socket,
      ...(signal ? { signal } : {}),
    });
    asking.once('error', (error) => {
      socket.destroy();
      reject(error);
    });
    asking.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        socket.destroy();
        const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
        const head = headers ? `HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\n${lines.join('')}\r\n` : '';
        resolve(out(head + Buffer.concat(chunks).toString()));
      });
    });
    asking.end();
  });
}
