import type { WebSocket } from 'ws';

/** A request to an API server. `path` starts with `/api` or `/apis`; parts of it are already encoded. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON, or as it is when it is a string. */
  body?: unknown;
  contentType?: string;
  accept?: string;
  signal?: AbortSignal;
  /** Until the answer's headers are there; default 10,000. */
  timeoutMilliseconds?: number;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Parsed JSON when the answer is JSON, else the text. */
  body: unknown;
  /** Texts of `Warning:` headers. */
  warnings: string[];
}

/**
 * One context's API server. Every method throws `FailureError`: `unreachable`, `no-answer`, `untrusted`, `unauthorised`,
 * `forbidden`, `not-found`, `name-taken`, `conflict`, `invalid`, `too-many-requests`, `server-error` and those of the credentials.
 * A 401 makes the credentials new and is tried once more. An aborted `signal` rejects with its reason.
 */
export interface Cluster {
  readonly context: string;
  /** Default namespace of the context, or null. */
  readonly namespace: string | null;
  /** `https://host:port`, for words and keys; no credentials in it. */
  readonly server: string;
  request(request: ApiRequest): Promise<ApiAnswer>;
  /** Headers first, then the body as it comes. Ends or throws `FailureError` when the connection does; `signal` closes it. */
  stream(request: ApiRequest): Promise<AsyncIterable<Uint8Array>>;
  /** An open WebSocket with one of `protocols` agreed on. The caller closes it. */
  websocket(
    path: string,
    query: Record<string, string | number | boolean | undefined>,
    protocols: string[],
    signal: AbortSignal,
  ): Promise<WebSocket>;
}
