import { type Failure, FailureError } from '../../../shared/failure.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Objects } from './objects.ts';

/** Chunks that are pushed now and read when the reader comes; ends or fails on command. */
interface Pipe {
  push(text: string): void;
  end(): void;
  fail(error: unknown): void;
}

const server = 'https://memory:6443';

/** A `Cluster` without a network, whose connections break when told to. */
export function createMemoryCluster(objects: Objects) {
  const pipes = new Set<Pipe>();
  let refusals: Failure[] = [];

  /** The next failure that was asked for, if any. */
  function refuse(): void {
    const [failure, ...rest] = refusals;
    refusals = rest;
    if (failure) throw new FailureError(failure);
  }

  function read(signal: AbortSignal | undefined, since: number): AsyncIterable<Uint8Array> {
    const chunks: Uint8Array[] = [];
    const outcome: { settled: 'no' | 'ended' | 'failed'; error: unknown } = { settled: 'no', error: null };
    let wake = () => {};
    const settle = (settled: 'ended' | 'failed', error: unknown) => {
      if (outcome.settled === 'no') Object.assign(outcome, { settled, error });
      stop();
      pipes.delete(pipe);
      wake();
    };
    const pipe: Pipe = {
      push(text) {
        // Two chunks, cut anywhere: frames must be put together again.
        const bytes = Buffer.from(text);
        const cut = bytes.length % 11;
        chunks.push(bytes.subarray(0, cut), bytes.subarray(cut));
        wake();
      },
      end: () => settle('ended', null),
      fail: (error) => settle('failed', error),
    };
    pipes.add(pipe);
    let stop = () => {};
    stop = objects.watch(since, (line) => pipe.push(line));
    signal?.addEventListener('abort', () => settle('failed', signal.reason), { once: true });
    return (async function* () {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk) yield chunk;
        else if (outcome.settled === 'failed') throw outcome.error;
        else if (outcome.settled === 'ended') return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    })();
  }

  const cluster: Cluster = {
    context: 'test',
    namespace: null,
    server,
    async request({ query = {} }) {
      refuse();
      const { status, body } = objects.list(
        Number(query.limit ?? 0),
        query.continue === undefined ? null : String(query.continue),
      );
      if (status !== 200) throw new FailureError({ code: 'server-error', status, message: 'gone' });
      return { status, headers: {}, body: JSON.parse(JSON.stringify(body)), warnings: [] };
    },
    async stream({ query = {}, signal }) {
      refuse();
      return read(signal, Number(query.resourceVersion));
    },
    websocket: () => Promise.reject(new Error('no WebSocket here')),
  };

  return {
    cluster,
    /** Breaks every open watch; unread bytes are still read, as from a socket. */
    reset(): void {
      for (const pipe of pipes) pipe.fail(new FailureError({ code: 'unreachable', server, reason: 'reset' }));
    },
    end(): void {
      for (const pipe of pipes) pipe.end();
    },
    /** The watches stay open and bring nothing any more. */
    mute(): void {
      for (const pipe of pipes) pipe.push = () => undefined;
    },
    /** Answers the next requests with these. */
    refuseNext(failures: Failure[]): void {
      refusals = failures;
    },
    get open() {
      return pipes.size;
    },
  };
}
