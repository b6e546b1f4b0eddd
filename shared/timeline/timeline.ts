import { z } from 'zod';
import { phaseSchema } from '../spark/state.ts';

/**
 * One stretch of one lane. `from` and `to` are epoch milliseconds; `to` is null while it lasts. Segments of a lane are in
 * order and do not overlap; a gap means that nothing was there (between two attempts, say).
 */
export const segmentSchema = z.object({
  /** The operator's or Kubernetes' own word: `SUBMITTED`, `ContainerCreating`, `Running`. */
  state: z.string(),
  phase: phaseSchema,
  from: z.number(),
  to: z.number().nullable(),
  /** Submission attempt, from 1. */
  attempt: z.number(),
  /** Why, in one line: `exit 1`, `Unschedulable: 0/1 nodes are available`. Hostile text. */
  why: z.string().nullable(),
  /** True where `from` was inferred from status fields and not seen (the app was opened later). */
  inferred: z.boolean(),
});
export type Segment = z.infer<typeof segmentSchema>;

export const laneSchema = z.object({
  /** `application`, `driver`, `executor-<id>`: one lane for all attempts of the same executor number. */
  id: z.string(),
  kind: z.enum(['application', 'driver', 'executor']),
  label: z.string(),
  segments: z.array(segmentSchema),
});
export type Lane = z.infer<typeof laneSchema>;

export const markSchema = z.object({
  at: z.number(),
  type: z.enum(['Normal', 'Warning']),
  reason: z.string(),
  /** Hostile text, may be many lines. */
  message: z.string(),
  /** Kind and name of what the event is about. */
  about: z.string(),
  count: z.number(),
});
export type Mark = z.infer<typeof markSchema>;

export const timelineSchema = z.object({ lanes: z.array(laneSchema), marks: z.array(markSchema) });
export type Timeline = z.infer<typeof timelineSchema>;
