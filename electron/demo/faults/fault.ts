import type { JsonObject } from '../json.ts';

/** Which requests are meant. */
export interface Match {
  /** Any when absent; an upgrade to a WebSocket is a GET. */
  method?: string;
  /** A regular expression over path and query; any when absent. */
  path?: string;
}

/**
 * How a connection breaks. `reset`: TCP reset. `end`: what was begun ends as if it were complete, a WebSocket with code 1000.
 * `blackhole`: silence, the connection stays. `half-close`: the server's side ends without a word (FIN), the client's stays open.
 */
export type Break = 'reset' | 'end' | 'blackhole' | 'half-close';
export const breaks: readonly Break[] = ['reset', 'end', 'blackhole', 'half-close'];

/** What goes wrong; times are real milliseconds. */
export type Harm =
  /** With `delayMs` the answer begins and breaks after that time. */
  | { kind: Break; delayMs?: number }
  /** This answer instead of the real one. `retryAfter` in seconds, sent as Retry-After; `body` is laid over the Status. */
  | { kind: 'status'; status: number; retryAfter?: number; body?: JsonObject; delayMs?: number }
  /** The real answer, later or in small pieces. */
  | { kind: 'slow'; delayMs: number }
  | { kind: 'slow'; slowBytes: number; delayMs?: number };

/** What goes wrong, on which requests. */
export type Fault = Harm & {
  match: Match;
  /** The first matching request that is hit, from 1, which is the default. */
  nth?: number;
  /** How many in a row are hit from there: one when `nth` is given, otherwise always. */
  times?: number | 'always';
};
