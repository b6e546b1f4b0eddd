import { FailureError } from '../../shared/failure.ts';
import type { Clock } from '../platform/world.ts';
import type { ApiAnswer } from './cluster.ts';
import { networkFailure } from './network-failure.ts';
import type { Incoming } from './send.ts';

/** Largest body that is read whole, in bytes; lists come in pages far below it. */
const BODY_LIMIT = 128 * 1024 * 1024;
/** A body may not stand still for longer, in milliseconds. */
const STALL_LIMIT = 30_000;

/** Body of `incoming` as it comes. Throws the reason of `signal`, or what became of the connection. Leaving early closes it. */
export async function* chunksOf(
  incoming: Incoming,
  server: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const chunk of incoming.body) yield chunk as Uint8Array;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw error instanceof FailureError ? error : new FailureError(networkFailure(error, server));
  } finally {
    incoming.message.destroy();
  }
}

/** The whole body, up to `limit` bytes. Throws `too-large`, `no-answer` when it stalls, and what {@link chunksOf} throws. */
export async function readBody(
  incoming: Incoming,
  server: string,
  signal: AbortSignal | undefined,
  clock: Clock,
  limit = BODY_LIMIT,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stalled = () =>
    clock.after(STALL_LIMIT, () =>
      incoming.body.destroy(new FailureError({ code: 'no-answer', server, seconds: STALL_LIMIT / 1000 })),
    );
  let cancel = stalled();
  try {
    for await (const chunk of chunksOf(incoming, server, signal)) {
      cancel();
      cancel = stalled();
      bytes += chunk.length;
      if (bytes > limit) throw new FailureError({ code: 'too-large', bytes, limit });
      chunks.push(chunk);
    }
  } finally {
    cancel();
  }
  return Buffer.concat(chunks);
}

/** JSON where the answer says it is, else its text. */
export function parseBody(incoming: Incoming, body: Buffer): unknown {
  const text = body.toString('utf8');
  if (!/\bjson\b/.test(incoming.message.headers['content-type'] ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Texts of the `Warning: 299` headers. */
function warningsOf(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((value, index) => {
    if (index % 2 === 0 || rawHeaders[index - 1]?.toLowerCase() !== 'warning') return [];
    const text = /^299 \S+ "((?:[^"\\]|\\.)*)"/.exec(value)?.[1];
    return text === undefined ? [] : [text.replace(/\\(.)/g, '$1')];
  });
}

/** The whole answer. */
export async function readAnswer(
  incoming: Incoming,
  server: string,
  signal: AbortSignal | undefined,
  clock: Clock,
): Promise<ApiAnswer> {
  const body = await readBody(incoming, server, signal, clock);
  const { headers, rawHeaders } = incoming.message;
  return { status: incoming.status, headers, body: parseBody(incoming, body), warnings: warningsOf(rawHeaders) };
}
