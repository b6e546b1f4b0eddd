import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { request, stream } from './procedure.ts';

/** What can be opened: a shell in a container of a pod. */
export const terminalTargetSchema = z.object({
  context: z.string(),
  namespace: z.string(),
  pod: z.string(),
  /** Null: Spark's own container, or the one the pod names as its default, or its first. */
  container: z.string().nullable(),
});
export type TerminalTarget = z.infer<typeof terminalTargetSchema>;

const sizeSchema = z.object({ columns: z.int().min(1).max(4096), rows: z.int().min(1).max(4096) });
export type TerminalSize = z.infer<typeof sizeSchema>;

/** How a shell ended. Messages are hostile text. */
const terminalEndSchema = z.discriminatedUnion('end', [
  z.object({ end: z.literal('exit'), code: z.number() }),
  /** The container has neither bash nor sh. */
  z.object({ end: z.literal('no-shell') }),
  /** The kubelet did not start it; in its own words. */
  z.object({ end: z.literal('not-started'), message: z.string() }),
  /** The API server refused it. */
  z.object({ end: z.literal('refused'), failure: failureSchema }),
  /** The connection broke, and nobody knows how the shell ended. */
  z.object({ end: z.literal('lost'), failure: failureSchema }),
]);

/**
 * ```
 *  opening ──▶ live ──▶ ended
 *     │                 ▲  │
 *     └─────────────────┘  │
 *     ▲                    │ reopened: a new shell in the same terminal
 *     └────────────────────┘
 * ```
 * Times are epoch milliseconds.
 */
export const terminalStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('opening'), since: z.number() }),
  z.object({ state: z.literal('live'), since: z.number() }),
  z.object({
    state: z.literal('ended'),
    at: z.number(),
    how: terminalEndSchema,
    /** Why the container is over (`exit 137 (OOMKilled)`, `Evicted: …`), as soon as the cluster tells; null while it may still run. */
    container: z.string().nullable(),
  }),
]);
export type TerminalState = z.infer<typeof terminalStateSchema>;

export const terminalSchema = z.object({
  id: z.string(),
  /** With the container as it was chosen; null until then. */
  target: terminalTargetSchema,
  /** What the tab is called; hostile text. */
  title: z.string(),
  state: terminalStateSchema,
});
export type Terminal = z.infer<typeof terminalSchema>;

/** Most bytes that one event of output and one request of input carry. */
export const PIECE = 64 * 1024;
/** Bytes may be written as base64 in four letters for three. */
const base64 = z.base64().max(Math.ceil(PIECE / 3) * 4);
const id = z.string().max(64);

/**
 * Terminals live in the backend until they are closed: a window that is loaded anew finds them again, with what they wrote last.
 * Bytes cross as base64. An unknown `id` fails with `not-found` where something is read and does nothing elsewhere: it was closed
 * meanwhile.
 */
export const terminals = {
  /** All there are, in the order in which they were opened. */
  watch: stream(z.object({}), z.object({ terminals: z.array(terminalSchema) })),
  open: request(z.object({ target: terminalTargetSchema, title: z.string().max(300), size: sizeSchema }), z.object({ id })),
  /** A new shell in a terminal whose last one ended. */
  reopen: request(z.object({ id }), z.object({})),
  /**
   * What it wrote from byte `from` on, or from the oldest that is kept, and what it writes next; the first value is empty and says
   * where it begins. `end` is where the newest byte stood then: what lies before the first `end` is told again. `reader` is a name of the caller's own, under which it acknowledges: over 1 MiB of unacknowledged bytes the
   * program in the container is made to wait.
   */
  output: stream(
    z.object({ id, reader: z.string().max(64), from: z.number() }),
    z.object({ offset: z.number(), end: z.number(), data: base64 }),
  ),
  /** Everything before byte `offset` is drawn. */
  acknowledge: request(z.object({ id, reader: z.string().max(64), offset: z.number() }), z.object({})),
  /** Input; answered when it has left, so that the caller can send the next piece. */
  write: request(z.object({ id, data: base64 }), z.object({})),
  resize: request(z.object({ id, size: sizeSchema }), z.object({})),
  /** Ends the shell and what it started, and forgets the terminal. */
  close: request(z.object({ id }), z.object({})),
};
