import http from 'node:http';
import { type Failure, FailureError } from '../../../shared/failure.ts';
import type { ApiRequest, Cluster } from '../../clusters/cluster.ts';

/** A `Cluster` over plain http, just good enough for lists and watches. */
export function createHttpCluster(port: () => number, agent: http.Agent): Cluster {
  const server = () => `http://127.0.0.1:${port()}`;

  function open({ path, query = {}, signal, timeoutMilliseconds = 10_000 }: ApiRequest): Promise<http.IncomingMessage> {
    const url = new URL(path, server());
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    return new Promise((resolve, reject) => {
      const request = http.get(url, { agent, ...(signal ? { signal } : {}) }, resolve);
      const timer = setTimeout(() => {
        request.destroy(new FailureError({ code: 'no-answer', server: server(), seconds: timeoutMilliseconds / 1000 }));
      }, timeoutMilliseconds);
      request.on('response', () => clearTimeout(timer));
      request.on('close', () => clearTimeout(timer));
      request.on('error', (error) => reject(signal?.aborted ? signal.reason : failureError(error)));
    });
  }

  function failureError(error: unknown): FailureError {
    if (error instanceof FailureError) return error;
    return new FailureError({
      code: 'unreachable',
      server: server(),
      reason: error instanceof Error ? error.message : 'unknown',
    });
  }

  async function refuse(answer: http.IncomingMessage): Promise<never> {
    answer.resume();
    throw new FailureError(failureOfStatus(answer.statusCode ?? 0, answer.headers['retry-after']));
  }

  function failureOfStatus(status: number, retryAfter: string | undefined): Failure {
    if (status === 401) return { code: 'unauthorised', server: server(), message: 'Unauthorized' };
    if (status === 403) {
      return { code: 'forbidden', verb: 'list', resource: 'pods', group: '', namespace: null, user: 'me', message: 'no' };
    }
    if (status === 404) return { code: 'not-found', kind: 'pods', namespace: null, name: '' };
    if (status === 429) return { code: 'too-many-requests', retryAfterSeconds: retryAfter ? Number(retryAfter) : null };
    return { code: 'server-error', status, message: `status ${status}` };
  }

  async function* read(answer: http.IncomingMessage, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of answer) yield chunk;
    } catch (error) {
      throw signal?.aborted ? signal.reason : failureError(error);
    }
  }

  return {
    context: 'test',
    namespace: null,
    get server() {
      return server();
    },
    async request(request) {
      const answer = await open(request);
      if (answer.statusCode !== 200) return refuse(answer);
      const chunks: Uint8Array[] = [];
      for await (const chunk of read(answer, request.signal)) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      return { status: 200, headers: answer.headers, body: JSON.parse(text), warnings: [] };
    },
    async stream(request) {
      const answer = await open(request);
      if (answer.statusCode !== 200) return refuse(answer);
      return read(answer, request.signal);
    },
    websocket() {
      return Promise.reject(new Error('no WebSocket here'));
    },
  };
}
