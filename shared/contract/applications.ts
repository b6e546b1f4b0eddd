import { z } from 'zod';
import { machineSchema } from '../spark/machine.ts';
import { applicationStateSchema, operatorSchema } from '../spark/state.ts';
import { timelineSchema } from '../timeline/timeline.ts';
import { freshnessSchema } from './freshness.ts';
import { request, stream } from './procedure.ts';

/** Names one application in one cluster. `uid` is not part of it: an application that is made anew keeps its page. */
export const applicationRefSchema = z.object({
  context: z.string(),
  operator: operatorSchema,
  namespace: z.string(),
  name: z.string(),
});
export type ApplicationRef = z.infer<typeof applicationRefSchema>;

/** One row of the table; times are epoch milliseconds. Age and duration are counted by the reader of the clock. */
export const applicationRowSchema = z.object({
  uid: z.string(),
  operator: operatorSchema,
  namespace: z.string(),
  name: z.string(),
  state: applicationStateSchema,
  createdAt: z.number(),
  /** When the present attempt started; null before its first submission. */
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Runs so far (`status.executionAttempts`); null where the operator does not count. */
  attempts: z.number().nullable(),
  /** Runs there will be at the most; null where there is no limit, or the operator knows none. */
  attemptsMost: z.number().nullable(),
  executors: z.object({ running: z.number(), total: z.number() }),
});
export type ApplicationRow = z.infer<typeof applicationRowSchema>;

/** What changed since the last batch. `reset` means: forget all rows, these are all there are so far. */
export const applicationsBatchSchema = z.object({
  reset: z.boolean(),
  changed: z.array(applicationRowSchema),
  /** uids */
  gone: z.array(z.string()),
  freshness: freshnessSchema,
  /** Kinds of application that cannot be seen here, and why (not installed, forbidden). */
  unseen: z.array(z.object({ operator: operatorSchema, freshness: freshnessSchema })),
});
export type ApplicationsBatch = z.infer<typeof applicationsBatchSchema>;

const podSchema = z.object({
  uid: z.string(),
  name: z.string(),
  role: z.enum(['driver', 'executor']),
  /** kubectl's word: the waiting or terminated reason where there is one, `Terminating`, else the phase; `Node lost` is ours. */
  status: z.string(),
  node: z.string().nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  exitCode: z.number().nullable(),
});
export type ApplicationPod = z.infer<typeof podSchema>;

export const applicationViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('loading'), freshness: freshnessSchema }),
  z.object({ state: z.literal('absent'), freshness: freshnessSchema }),
  z.object({
    state: z.literal('present'),
    freshness: freshnessSchema,
    /** False once the object was deleted while we looked; the rest is what was last known. */
    exists: z.boolean(),
    row: applicationRowSchema,
    /** The operator's error message, whole; hostile text. */
    message: z.string().nullable(),
    machine: machineSchema,
    timeline: timelineSchema,
    pods: z.array(podSchema),
    /** The object as a person would write it: YAML without the status and without what the server added. */
    manifest: z.string(),
  }),
]);
export type ApplicationView = z.infer<typeof applicationViewSchema>;

export const applications = {
  /** Rows of all operators in one namespace (null: all of them), in batches of at most one an animation frame. */
  list: stream(z.object({ context: z.string(), namespace: z.string().nullable() }), applicationsBatchSchema),
  /** Everything the page of one application shows. */
  observe: stream(applicationRefSchema, applicationViewSchema),
  /** Deletes in the background, as kubectl does; driver and executors go with it. Fails with `not-found`, `forbidden`. */
  remove: request(applicationRefSchema, z.object({})),
  /**
   * A manifest that runs the same again under a name that is free: comments and order as the object has them, status and
   * what the server wrote removed. Nothing is created.
   */
  rerun: request(applicationRefSchema, z.object({ name: z.string(), manifest: z.string() })),
};
