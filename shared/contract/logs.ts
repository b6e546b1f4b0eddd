import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { levels } from '../logs/level.ts';
import { applicationRefSchema } from './applications.ts';
import { freshnessSchema } from './freshness.ts';
import { request, stream } from './procedure.ts';

/** Words to look for: literally, or as a regular expression. One that is no expression is as if there were none. */
const wordsSchema = z.object({ words: z.string(), expression: z.boolean() });

/** Which lines are shown. */
export const logFilterSchema = z.object({
  /** Numbers of sources that are not shown: one that comes later is. */
  hidden: z.array(z.number()),
  /** The mildest level shown; null: all. */
  level: z.enum(levels).nullable(),
  text: wordsSchema.nullable(),
  /** What continues a line (a stack trace) is hidden until it is unfolded. Has no effect while `text` restricts the lines. */
  folded: z.boolean(),
  /** Words that are sought among the lines shown and behind the folded ones; restricts nothing. */
  search: wordsSchema.nullable(),
});
export type LogFilterChoice = z.infer<typeof logFilterSchema>;

/**
 * What is being done about the log of one container instance. Times are epoch milliseconds.
 *
 * ```
 *  pending ──▶ opening ◀──▶ live ──▶ ended
 *                 ▲ ▼
 *               waiting
 * ```
 */
const sourceStateSchema = z.discriminatedUnion('state', [
  /** The container has not started; `why` in Kubernetes' words, hostile text. */
  z.object({ state: z.literal('pending'), why: z.string().nullable() }),
  z.object({ state: z.literal('opening') }),
  z.object({ state: z.literal('live'), since: z.number() }),
  z.object({ state: z.literal('waiting'), failure: failureSchema, retryAt: z.number() }),
  /** `over`: all of it was read. `gone`: it went with its pod; what was read until then is kept. */
  z.object({ state: z.literal('ended'), reason: z.enum(['over', 'gone']) }),
]);

/** One instance of a container of the application. */
export const logSourceSchema = z.object({
  /** Stands in the lines; counts from 0 in the order in which they were found. */
  number: z.number(),
  pod: z.string(),
  role: z.enum(['driver', 'executor']),
  /** `spark-exec-id`; null for a driver. */
  executor: z.string().nullable(),
  container: z.string(),
  /** Whether it is Spark's own container and no sidecar or init container. */
  main: z.boolean(),
  /** The application's run it belongs to, from 1. */
  attempt: z.number(),
  /** How often the container had been started in its pod before this instance. */
  restart: z.number(),
  /** Lines that were read of it. */
  lines: z.number(),
  state: sourceStateSchema,
});
export type LogSource = z.infer<typeof logSourceSchema>;

/** A view of a log in numbers, at most ten times a second. */
export const logCountsSchema = z.object({
  /** Names the view in requests, as long as the stream that told it lasts. */
  view: z.string(),
  /** Changes when the lines that are shown are others: the filter or what is unfolded changed. */
  generation: z.number(),
  /** Lines that pass the filter. */
  size: z.number(),
  /** Lines that passed and were forgotten. A line's place is counted from the first that was ever there, so it stays. */
  dropped: z.number(),
  /** Lines that are kept, and that were forgotten because there were too many, whether they pass or not. */
  kept: z.number(),
  forgotten: z.number(),
  newestAt: z.number().nullable(),
  /** A new filter is being applied to what is there: the share done, 0 to 1. Until then the lines of the old one are shown. */
  progress: z.number().nullable(),
  /** Lines that have what is searched; null when nothing is. */
  matches: z.number().nullable(),
  sources: z.array(logSourceSchema),
  /** Whether the application was found, and how far it is known. */
  application: z.enum(['loading', 'absent', 'present', 'deleted']),
  freshness: freshnessSchema,
});
export type LogCounts = z.infer<typeof logCountsSchema>;

export const logLineSchema = z.object({
  id: z.number(),
  at: z.number(),
  source: z.number(),
  level: z.enum(levels).nullable(),
  /** As the container wrote it, cut where it is very long; hostile text. */
  text: z.string(),
  /** Characters that were cut off. */
  cut: z.number(),
  /** Id of the line it continues; its own where it continues none. */
  head: z.number(),
  /** Lines that continue this one. */
  continued: z.number(),
  /** Whether those are shown. */
  unfolded: z.boolean(),
});
export type LogLineShown = z.infer<typeof logLineSchema>;

const view = z.object({ view: z.string() });

export const logs = {
  /** Follows the log of an application: driver and executors in one order. Read on by all who follow it, for as long as one does. */
  follow: stream(z.object({ application: applicationRefSchema, filter: logFilterSchema }), logCountsSchema),
  /** Shows other lines; they are there with the next `generation`. */
  change: request(view.extend({ filter: logFilterSchema }), z.object({})),
  /** Shows or hides what continues a line. */
  unfold: request(view.extend({ head: z.number(), open: z.boolean() }), z.object({})),
  /** Lines from a place on, at most 500; none of a view that is closed. */
  lines: request(
    view.extend({ from: z.number(), count: z.number().max(500) }),
    z.object({ generation: z.number(), from: z.number(), lines: z.array(logLineSchema) }),
  ),
  /** Place of the first line at that time or later; the place after the last where there is none. */
  placeOf: request(view.extend({ at: z.number() }), z.object({ place: z.number() })),
  /**
   * The next line (or the one before) that has what is searched, from a place on and around the end; what is folded around it is
   * unfolded. `number` counts from 1 among all of them. Null where there is none.
   */
  find: request(
    view.extend({ from: z.number(), backwards: z.boolean() }),
    z.object({ found: z.object({ generation: z.number(), place: z.number(), id: z.number(), number: z.number() }).nullable() }),
  ),
  /** Everything that passes the filter as text, in pieces, folded lines included: time, pod, line. */
  text: stream(view, z.string()),
};
